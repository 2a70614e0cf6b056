package dev.weir.loadgen.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
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
    private static final AdaptiveRecvByteBufAllocator ADAPTIVE = new AdaptiveRecvByteBufAllocator();

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
        return new Limited(ADAPTIVE.newHandle(), bytesMax);
    }

    private static final class Limited extends DelegatingHandle implements ExtendedHandle {
        private final IntSupplier bytesMax;

        Limited(Handle adaptive, IntSupplier bytesMax) {
            super(adaptive);
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
