package dev.weir.loadgen.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Buffers for a socket that may one day be throttled. A socket keeps the first sizing of buffers that it is given, so a later change must be built
 * in from the start.
 *
 * <p><b>Threading:</b> its socket's loop.
 */
@SuppressWarnings("deprecation") // Netty's interface still answers with the type that it deprecates.
final class LimitedReads implements RecvByteBufAllocator {
    /** One size for all: guessing it for each socket takes 100 bytes a connection. */
    private static final FixedRecvByteBufAllocator FIXED = new FixedRecvByteBufAllocator(16 * 1_024);

    private final IntSupplier bytesMax;

    /**
     * Sizes of one socket.
     *
     * @param bytesMax how much one read may take; 0 for no limit
     */
    LimitedReads(IntSupplier bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    public Handle newHandle() {
        return new Limited(FIXED.newHandle(), bytesMax);
    }

    private static final class Limited extends DelegatingHandle implements ExtendedHandle {
        private final IntSupplier bytesMax;

        Limited(Handle fixed, IntSupplier bytesMax) {
            super(fixed);
            this.bytesMax = bytesMax;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            int limit = bytesMax.getAsInt();
            return limit == 0 ? super.allocate(allocator) : allocator.ioBuffer(limit, limit);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return delegate() instanceof ExtendedHandle extended
                    ? extended.continueReading(maybeMoreData)
                    : continueReading();
        }
    }
}
