package dev.weir.gateway.session;

import dev.weir.gateway.protocol.Command;

/**
 * Who may connect, subscribe and publish.
 *
 * <p><b>Threading:</b> called on every event loop at once; must not block.
 */
public interface Authorizer {
    /** Whether this connect command opens a session, and for whom. */
    Admission connect(Command.Connect command);

    /** Whether the session may join the channel, whose name has been checked. */
    Right subscribe(Identity identity, Command.Subscribe command);

    /** Whether the session may publish to the channel, whose name has been checked. */
    Right publish(Identity identity, Command.Publish command);
}
