package dev.weir.gateway.server;

import dev.weir.gateway.server.ConnectionGate.Place;
import dev.weir.gateway.server.handshake.HeadScanner;
import dev.weir.gateway.server.handshake.Judgement;
import dev.weir.gateway.server.handshake.Refusal;
import dev.weir.gateway.session.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A socket from its accept to the end of the upgrade; then a {@link ParkedConnection} takes its place.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * <p><b>Bounds:</b> one request head ({@link HeadScanner}), one deadline.
 */
// Failures of writes and closes arrive in exceptionCaught, those of loop tasks in the loop's own log.
@SuppressWarnings("FutureReturnValueIgnored")
final class HandshakeHandler extends ChannelInboundHandlerAdapter implements Deadline.Expiring {
    private static final byte[] SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                    .getBytes(StandardCharsets.US_ASCII);
    private static final String SUBPROTOCOL = "\r\nSec-WebSocket-Protocol: ";
    private static final String END = "\r\n\r\n";
    /** Room for all of an answer, with a subprotocol of ours. */
    private static final int ANSWER_BYTES = 256;

    /** How long a refused client may take to read its answer. */
    private static final long REFUSED_MILLIS = 1000;

    private final ParkingLoop loop;
    private final Place place;
    private final HeadScanner scanner = new HeadScanner();
    private final Deadline deadline = new Deadline(this);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf head;
    private boolean refused;

    HandshakeHandler(ParkingLoop loop, Place place) {
        this.loop = loop;
        this.place = place;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        long patience = place == Place.FREE
                ? loop.settings().handshakeMillis()
                : Math.min(REFUSED_MILLIS, loop.settings().handshakeMillis());
        loop.wheel().schedule(deadline, loop.nowMillis() + patience);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!refused) {
                read(ctx, in);
            }
        } finally {
            in.release();
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in) {
        int length = in.readableBytes();
        byte[] bytes = loop.scratch(length);
        in.getBytes(in.readerIndex(), bytes, 0, length);
        int scanned = scanner.scan(bytes, 0, length);
        Refusal fault = scanner.fault();
        if (fault != null) {
            refuse(ctx, fault);
        } else if (scanner.complete()) {
            in.skipBytes(scanned);
            judge(ctx, head(bytes, scanned), in);
        } else {
            keep(ctx, in);
        }
    }

    private String head(byte[] bytes, int length) {
        ByteBuf kept = head;
        if (kept == null) {
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
        return kept.writeBytes(bytes, 0, length).toString(StandardCharsets.ISO_8859_1);
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf in) {
        ByteBuf kept = head;
        if (kept == null) {
            kept = ctx.alloc().buffer(in.readableBytes());
            head = kept;
        }
        kept.writeBytes(in);
    }

    private void judge(ChannelHandlerContext ctx, String text, ByteBuf rest) {
        if (place != Place.FREE) {
            refuse(ctx, Refusal.connectionLimit());
            return;
        }
        switch (loop.settings().requests().judge(text)) {
            case Judgement.Refused(Refusal refusal) -> refuse(ctx, refusal);
            case Judgement.Accepted accepted -> {
                if (loop.draining()) {
                    refuse(ctx, Refusal.draining());
                } else {
                    accept(ctx, accepted, rest);
                }
            }
        }
    }

    private void accept(ChannelHandlerContext ctx, Judgement.Accepted accepted, ByteBuf rest) {
        ByteBuf out = ctx.alloc().directBuffer(ANSWER_BYTES).writeBytes(SWITCHING);
        ByteBufUtil.writeAscii(out, loop.acceptKey().of(accepted.key()));
        if (!accepted.subprotocol().isEmpty()) {
            ByteBufUtil.writeAscii(out, SUBPROTOCOL);
            ByteBufUtil.writeAscii(out, accepted.subprotocol());
        }
        ByteBufUtil.writeAscii(out, END);
        ctx.write(out, ctx.voidPromise());
        loop.wheel().cancel(deadline);
        ParkedConnection connection = new ParkedConnection(loop);
        ctx.pipeline().replace(this, null, connection);
        // What came behind the handshake is answered in the same flush: when the read is complete.
        connection.read(rest);
    }

    /** Answers, then reads on without looking until the client has gone: closing at once could destroy the answer on its way. */
    private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
        refused = true;
        loop.counters().refused(refusal.counter());
        byte[] answer = refusal.answer();
        ByteBuf out = ctx.alloc().directBuffer(answer.length).writeBytes(answer);
        ctx.writeAndFlush(out).addListener(HalfClose.INSTANCE);
        loop.wheel().schedule(deadline, loop.nowMillis() + REFUSED_MILLIS);
    }

    @Override
    public void expired(long nowMillis) {
        ChannelHandlerContext ctx = context;
        try {
            if (ctx == null || refused) {
                close();
            } else {
                refuse(ctx, place == Place.FREE ? Refusal.timeout() : Refusal.connectionLimit());
            }
        } catch (Throwable e) {
            SocketErrors.note(e);
            close();
        }
    }

    private void close() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.wheel().cancel(deadline);
        loop.counters().sockets--;
        loop.gate().leave();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf kept = head;
        head = null;
        if (kept != null) {
            kept.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        SocketErrors.note(cause);
        ctx.close();
    }
}
