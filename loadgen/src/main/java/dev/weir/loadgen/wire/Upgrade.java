package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The HTTP request that opens a WebSocket, and what a server may answer.
 *
 * <p><b>Source:</b> RFC 6455 section 4.
 */
public final class Upgrade {
    /** Length of a {@code Sec-WebSocket-Key}: 16 bytes in Base64. */
    public static final int KEY_LENGTH = 24;

    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int NONCE_BYTES = 16;

    private Upgrade() {}

    /** A key from 128 bits. */
    public static String key(long high, long low) {
        byte[] nonce = new byte[NONCE_BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[i] = (byte) (high >>> (8 * i));
            nonce[Long.BYTES + i] = (byte) (low >>> (8 * i));
        }
        return Base64.getEncoder().encodeToString(nonce);
    }

    /** The {@code Sec-WebSocket-Accept} that answers a key. */
    public static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-1", e);
        }
    }

    /** The request up to where the key stands; {@link #requestTail} follows the key. */
    public static byte[] requestHead(String hostPort, String pathAndQuery) {
        String head = "GET " + pathAndQuery + " HTTP/1.1\r\nHost: " + hostPort
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ";
        return head.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The request after its key.
     *
     * @param headers further headers, {@code Name: value}, e.g. {@code Sec-WebSocket-Protocol: centrifuge-json}
     */
    public static byte[] requestTail(List<String> headers) {
        StringBuilder tail = new StringBuilder("\r\n");
        for (String header : headers) {
            tail.append(header).append("\r\n");
        }
        return tail.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
