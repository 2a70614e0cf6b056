package dev.weir.gateway.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gives up connections that hold memory of their own when all of them together hold too much: the bounds of one connection,
 * times all connections, are more than a process has, and one that could not get a buffer any more would fail its neighbours.
 *
 * <p>What counts is what the buffers in use take. A broadcast that many readers have not taken is one buffer, so it takes an
 * unfinished message or unread answers on thousands of connections to get here.
 *
 * <p><b>Threading:</b> shared by the loops; each relieves its own connections.
 *
 * <p><b>Bounds:</b> half of the process's direct memory. Above it who begins to hold something is given up at once, and who
 * holds it for longer when a loop ticks next.
 */
final class MemoryGuard {
    /** Less is not worth a connection: what 20,000 of them hold is 80 MB. */
    private static final int HELD_BYTES_MIN = 4096;

    /** Adding up what the pool's chunks hold takes microseconds, too many for every read of an attack. */
    private static final long READ_EVERY_MILLIS = 5;

    private final LongSupplier usedBytes;
    private final long usedBytesMax;
    private volatile long readAtMillis = Long.MIN_VALUE / 2;
    private final AtomicLong lastUsedBytes = new AtomicLong();

    MemoryGuard(LongSupplier usedBytes, long usedBytesMax) {
        this.usedBytes = usedBytes;
        this.usedBytesMax = usedBytesMax;
    }

    /** For the buffers that every connection uses. */
    static MemoryGuard ofProcess() {
        return new MemoryGuard(MemoryGuard::directBytes, PlatformDependent.estimateMaxDirectMemory() / 2);
    }

    private static long directBytes() {
        return switch (ByteBufAllocator.DEFAULT) {
            // The pool's own figure counts whole chunks, which stay when little of them is in use.
            case PooledByteBufAllocator pooled -> pooled.pinnedDirectMemory();
            // Others tell nothing else: giving up connections would not lower it. jvm.options asks for the pool.
            default -> 0;
        };
    }

    private long usedBytes(long nowMillis) {
        if (nowMillis - readAtMillis >= READ_EVERY_MILLIS) {
            readAtMillis = nowMillis;
            lastUsedBytes.set(usedBytes.getAsLong());
        }
        return lastUsedBytes.get();
    }

    /** Whether a connection that begins to hold something is too much. */
    boolean exhausted(long nowMillis) {
        return usedBytes(nowMillis) > usedBytesMax;
    }

    /** Whether giving up what a connection holds frees enough to be worth the connection. */
    boolean worthwhile(long heldBytes) {
        return heldBytes > HELD_BYTES_MIN;
    }

    /** Ends connections of one loop until enough is free; called on that loop. */
    void relieve(ConnectionList connections, long nowMillis) {
        if (exhausted(nowMillis)) {
            connections.forEach(connection -> {
                long heldBytes = lastUsedBytes.get() > usedBytesMax ? connection.heldBytes() : 0;
                if (worthwhile(heldBytes)) {
                    // The loops share the reading, and so what is too much.
                    lastUsedBytes.addAndGet(-heldBytes);
                    connection.shed();
                }
            });
        }
    }
}
