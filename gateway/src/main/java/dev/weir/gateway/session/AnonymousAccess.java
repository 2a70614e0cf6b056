package dev.weir.gateway.session;

import dev.weir.gateway.protocol.Command;
import dev.weir.gateway.protocol.DisconnectCode;
import dev.weir.gateway.protocol.ErrorCode;

/**
 * Access without credentials: everything for everybody, or nothing for anybody.
 *
 * <p>Insecure mode grants tokens' work too: a {@code $} channel may be joined without one, and a {@code #} channel by any user.
 *
 * <p><b>Threading:</b> immutable.
 *
 * @param insecure anonymous clients may connect, subscribe and publish; otherwise nobody gets in
 */
public record AnonymousAccess(boolean insecure) implements Authorizer {
    private static final Right GRANTED = new Right.Granted();
    private static final Right DENIED = new Right.Denied(ErrorCode.PERMISSION_DENIED);
    private static final Admission ADMITTED = new Admission.Admitted(Identity.ANONYMOUS);
    private static final Admission NO_CREDENTIALS = new Admission.Refused(DisconnectCode.BAD_REQUEST.disconnect());

    @Override
    public Admission connect(Command.Connect command) {
        return insecure ? ADMITTED : NO_CREDENTIALS;
    }

    @Override
    public Right subscribe(Identity identity, Command.Subscribe command) {
        return insecure ? GRANTED : DENIED;
    }

    @Override
    public Right publish(Identity identity, Command.Publish command) {
        return insecure ? GRANTED : DENIED;
    }
}
