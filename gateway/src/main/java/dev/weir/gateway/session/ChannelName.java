package dev.weir.gateway.session;

import dev.weir.gateway.protocol.ErrorCode;
import java.util.Optional;

/**
 * The rules of channel names.
 *
 * <p>A name is 1 to n printable ASCII characters. {@code namespace:rest} belongs to a namespace, and a namespace that is not
 * configured is an unknown channel: a typing error must not open a channel without rules. This version configures none, so
 * every name with a colon is unknown. {@code #user1,user2} at the end and {@code $} at the front are matters of right, not of name.
 *
 * <p><b>Source:</b> {@code docs/protocol.md}, channel rules.
 */
public final class ChannelName {
    private ChannelName() {}

    /**
     * What is wrong with a name.
     *
     * @param name the name as it came
     * @param bytesMax longest name
     * @return empty when it may be used
     */
    public static Optional<ErrorCode> fault(String name, int bytesMax) {
        int length = name.length();
        if (length == 0 || length > bytesMax) {
            return Optional.of(ErrorCode.BAD_REQUEST);
        }
        boolean namespaced = false;
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c < 0x20 || c > 0x7E) {
                return Optional.of(ErrorCode.BAD_REQUEST);
            }
            namespaced |= c == ':';
        }
        return namespaced ? Optional.of(ErrorCode.UNKNOWN_CHANNEL) : Optional.empty();
    }
}
