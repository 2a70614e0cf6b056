package dev.weir.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The key of the server API, kept as a digest.
 *
 * <p>Digests of equal length are compared in constant time, so that neither the length nor a matching beginning of a guess shows
 * in the time of the answer.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class ApiKey {
    private final byte[] digest;

    /** Keeps the digest of {@code key}, which is not empty. */
    public ApiKey(String key) {
        this.digest = sha256(key);
    }

    /** Whether {@code candidate} is this key. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest, sha256(candidate));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
