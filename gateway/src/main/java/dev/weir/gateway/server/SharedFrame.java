package dev.weir.gateway.server;

import io.netty.buffer.ByteBuf;

/**
 * A frame that is sent to many and never changed.
 *
 * @param buffer the frame; its owner releases it
 * @param address where it is in memory, or 0 when that is not known
 * @param length in bytes
 */
record SharedFrame(ByteBuf buffer, long address, int length) {
    static SharedFrame of(ByteBuf buffer) {
        return new SharedFrame(buffer, buffer.hasMemoryAddress() ? buffer.memoryAddress() : 0, buffer.readableBytes());
    }
}
