package dev.weir.gateway.server.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of clients. All connections of a loop share one reader; what one of them has sent incompletely is handed in
 * and out as {@link PartialInput}, so an idle connection holds nothing.
 *
 * <p>A frame is judged by its header as soon as that has come: an oversized one is refused before any of it is kept.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * <p><b>Bounds:</b> one scratch buffer of {@code frameBytesMax}; {@value #FRAGMENTS_MAX} fragments a message.
 *
 * <p><b>Source:</b> RFC 6455 sections 5 and 8.1.
 */
public final class FrameReader {
    private static final int FRAGMENTS_MAX = 1024;
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int NO_STATUS = 1005;
    private static final int CONTROL_BYTES_MAX = 125;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int frameBytesMax;
    private final byte[] scratch;

    /**
     * A reader for one loop.
     *
     * @param frameBytesMax largest frame and largest message
     */
    public FrameReader(int frameBytesMax) {
        this.frameBytesMax = frameBytesMax;
        this.scratch = new byte[Math.max(frameBytesMax, CONTROL_BYTES_MAX)];
    }

    /**
     * Reads what has come.
     *
     * @param partial what was incomplete before, or null
     * @param in what has come now; read to its end unless the sink closes
     * @param sink who is told
     * @return what is incomplete now, or null
     */
    public @Nullable PartialInput read(@Nullable PartialInput partial, ByteBuf in, FrameSink sink) {
        ByteBuf kept = partial == null ? null : partial.frame;
        if (partial == null || kept == null) {
            PartialInput after = frames(partial, in, sink);
            if (in.isReadable() && sink.open()) {
                after = after == null ? new PartialInput() : after;
                after.keep(in);
            }
            return emptyToNull(after);
        }
        kept.writeBytes(in);
        PartialInput after = frames(partial, kept, sink);
        if (kept.isReadable() && sink.open()) {
            kept.discardSomeReadBytes();
        } else {
            partial.releaseFrame();
        }
        return emptyToNull(after == null ? partial : after);
    }

    private static @Nullable PartialInput emptyToNull(@Nullable PartialInput partial) {
        return partial == null || partial.empty() ? null : partial;
    }

    private @Nullable PartialInput frames(@Nullable PartialInput partial, ByteBuf in, FrameSink sink) {
        PartialInput current = partial;
        while (sink.open() && in.readableBytes() >= 2) {
            int start = in.readerIndex();
            int first = in.getByte(start);
            int second = in.getByte(start + 1);
            Violation violation = headFault(first, second, current != null && current.inMessage);
            if (violation != null) {
                sink.violation(violation);
                return current;
            }
            int lengthBytes = lengthBytes(second & 0x7F);
            if (in.readableBytes() < 2 + lengthBytes) {
                return current;
            }
            long length = length(in, start, second & 0x7F);
            violation = lengthFault(length, lengthBytes);
            if (violation != null) {
                sink.violation(violation);
                return current;
            }
            if (in.readableBytes() < 2 + lengthBytes + 4 + length) {
                return current;
            }
            in.skipBytes(2 + lengthBytes);
            unmask(in, (int) length);
            current = frame(first, (int) length, current, in.alloc(), sink);
        }
        return current;
    }

    private static int lengthBytes(int length7) {
        return length7 == 126 ? 2 : length7 == 127 ? 8 : 0;
    }

    private static long length(ByteBuf in, int start, int length7) {
        return length7 == 126 ? in.getUnsignedShort(start + 2) : length7 == 127 ? in.getLong(start + 2) : length7;
    }

    private static @Nullable Violation headFault(int first, int second, boolean inMessage) {
        int opcode = first & 0x0F;
        boolean fin = (first & 0x80) != 0;
        if ((first & 0x70) != 0) {
            return Violation.RESERVED_BITS;
        }
        if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
            return Violation.RESERVED_OPCODE;
        }
        if ((second & 0x80) == 0) {
            return Violation.UNMASKED;
        }
        if (opcode >= CLOSE) {
            return fin
                    ? (second & 0x7F) > CONTROL_BYTES_MAX ? Violation.LONG_CONTROL : null
                    : Violation.FRAGMENTED_CONTROL;
        }
        if (opcode == CONTINUATION) {
            return inMessage ? null : Violation.ORPHAN_CONTINUATION;
        }
        if (inMessage) {
            return Violation.INTERLEAVED_MESSAGE;
        }
        return opcode == BINARY ? Violation.BINARY : null;
    }

    private @Nullable Violation lengthFault(long length, int lengthBytes) {
        if (length < 0) {
            return Violation.LENGTH_NEGATIVE;
        }
        if ((lengthBytes == 2 && length < 126) || (lengthBytes == 8 && length <= 0xFFFF)) {
            return Violation.LENGTH_NOT_MINIMAL;
        }
        return length > frameBytesMax && length > CONTROL_BYTES_MAX ? Violation.TOO_BIG : null;
    }

    private void unmask(ByteBuf in, int length) {
        int mask = in.readInt();
        in.readBytes(scratch, 0, length);
        if (mask == 0) {
            return;
        }
        long wide = ((long) mask << 32) | (mask & 0xFFFF_FFFFL);
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            LONGS.set(scratch, i, (long) LONGS.get(scratch, i) ^ wide);
        }
        for (; i < length; i++) {
            scratch[i] ^= (byte) (mask >> (24 - 8 * (i & 3)));
        }
    }

    private @Nullable PartialInput frame(
            int first, int length, @Nullable PartialInput partial, ByteBufAllocator allocator, FrameSink sink) {
        boolean fin = (first & 0x80) != 0;
        switch (first & 0x0F) {
            case CLOSE -> close(length, sink);
            case PING -> sink.ping(scratch, length);
            case PONG -> sink.pong();
            case TEXT -> {
                if (fin) {
                    text(scratch, length, sink);
                } else {
                    PartialInput begun = partial == null ? new PartialInput() : partial;
                    begun.inMessage = true;
                    begun.fragments = 1;
                    begun.append(scratch, length, allocator);
                    return begun;
                }
            }
            default -> {
                if (partial != null) {
                    continuation(fin, length, partial, allocator, sink);
                }
            }
        }
        return partial;
    }

    private void continuation(
            boolean fin, int length, PartialInput partial, ByteBufAllocator allocator, FrameSink sink) {
        if (partial.messageBytes() + length > frameBytesMax) {
            sink.violation(Violation.TOO_BIG);
            return;
        }
        if (++partial.fragments > FRAGMENTS_MAX) {
            sink.violation(Violation.TOO_MANY_FRAGMENTS);
            return;
        }
        partial.append(scratch, length, allocator);
        if (fin) {
            text(scratch, partial.endMessage(scratch), sink);
        }
    }

    private static void text(byte[] bytes, int length, FrameSink sink) {
        if (Utf8.isValid(bytes, 0, length)) {
            sink.text(bytes, length);
        } else {
            sink.violation(Violation.NOT_UTF8);
        }
    }

    private void close(int length, FrameSink sink) {
        if (length == 0) {
            sink.close(NO_STATUS);
            return;
        }
        int code = length == 1 ? 0 : (scratch[0] & 0xFF) << 8 | (scratch[1] & 0xFF);
        if (!allowed(code)) {
            sink.violation(Violation.BAD_CLOSE);
        } else if (!Utf8.isValid(scratch, 2, length - 2)) {
            sink.violation(Violation.NOT_UTF8);
        } else {
            sink.close(code);
        }
    }

    /** Codes that may stand on the wire. <b>Source:</b> RFC 6455 section 7.4 and the IANA registry, which adds 1012-1014. */
    private static boolean allowed(int code) {
        return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
                || (code >= 3000 && code <= 4999);
    }
}
