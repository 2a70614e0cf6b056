package dev.weir.gateway.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Computes {@code Sec-WebSocket-Accept}.
 *
 * <p><b>Threading:</b> owned by one loop: the digest is used again for every handshake.
 *
 * <p><b>Source:</b> RFC 6455 section 4.2.2.
 */
final class AcceptKey {
    /** <b>Source:</b> RFC 6455 section 1.3. */
    private static final byte[] SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest sha1;

    AcceptKey() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The answer to a key. */
    String of(String key) {
        sha1.update(key.getBytes(StandardCharsets.US_ASCII));
        sha1.update(SUFFIX);
        return Base64.getEncoder().encodeToString(sha1.digest());
    }
}
