package dev.weir.gateway.server;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Unpredictable numbers, drawn from the system a few thousand bytes at a time: one by one they cost more than parsing a handshake's
 * commands.
 *
 * <p><b>Threading:</b> owned by one loop. <b>Bounds:</b> {@value #BYTES} bytes.
 */
final class BulkRandom implements RandomGenerator {
    private static final int BYTES = 4096;

    private final SecureRandom source = new SecureRandom();
    private final byte[] bytes = new byte[BYTES];
    private final ByteBuffer numbers = ByteBuffer.wrap(bytes).position(BYTES);

    @Override
    public long nextLong() {
        if (!numbers.hasRemaining()) {
            source.nextBytes(bytes);
            numbers.rewind();
        }
        return numbers.getLong();
    }
}
