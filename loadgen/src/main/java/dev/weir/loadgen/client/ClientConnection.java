package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.wire.ClientFrames;
import dev.weir.loadgen.wire.CloseFrame;
import dev.weir.loadgen.wire.Commands;
import dev.weir.loadgen.wire.FrameReader;
import dev.weir.loadgen.wire.MeasuredMessage;
import dev.weir.loadgen.wire.Opcode;
import dev.weir.loadgen.wire.ServerLine;
import dev.weir.loadgen.wire.ServerReply;
import dev.weir.loadgen.wire.UpgradeAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the start of its TCP connect to its end.
 *
 * <p><b>Threading:</b> owned by its loop. <b>Bounds:</b> about 250 bytes beside the socket; a partial line adds up to
 * {@link FrameReader#HEAD_MAX}.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
    /** How far it has got. */
    enum Stage {
        /** TCP. */
        CONNECTING,
        /** The TLS handshake. */
        SECURING,
        /** The upgrade request is out. */
        UPGRADING,
        /** The first commands are out. */
        JOINING,
        READY,
        /** The close frame is out. */
        LEAVING,
        ENDED
    }

    private static final int NORMAL_CLOSURE = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final String CLIENT_NAME = "weir-load";
    private static final byte[] PONG_LINE = {'{', '}'};

    private final ClientLoop loop;
    private final Dial dial;
    private final SocketChannel channel;
    private final int ordinal;
    private final int failures;
    private final Accounts accounts;

    private Stage stage = Stage.CONNECTING;
    private Cohort cohort = Cohort.NORMAL;
    private @Nullable Handshake handshake;
    private @Nullable FrameReader reader;

    /** Start of the TCP connect; once ready, when that was. */
    private long sinceNanos;

    private long lastByteNanos;

    /** The last byte before those that are being read now: a close frame does not end the silence before it. */
    private long byteBeforeNanos;

    /** How much one read may take; 0 for no limit. */
    private int readBytesMax;

    private short pingSeconds;
    private boolean wantsPong;
    private byte repliesLeft;

    /**
     * A connection that has not begun.
     *
     * @param ordinal which of the group's connections it is; a reconnect keeps it
     * @param failures attempts that failed since this one was last up; -1 when it never was
     */
    ClientConnection(ClientLoop loop, Dial dial, SocketChannel channel, int ordinal, int failures, long nowNanos) {
        this.loop = loop;
        this.dial = dial;
        this.channel = channel;
        this.ordinal = ordinal;
        this.failures = failures;
        channel.config().setRecvByteBufAllocator(new LimitedReads(() -> readBytesMax));
        sinceNanos = nowNanos;
        lastByteNanos = nowNanos;
        accounts = new Accounts(dial.joinedRoom(ordinal), dial.speaksProtocol() && dial.everyone());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            upgrade();
        } else {
            stage = Stage.SECURING;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent secured && stage == Stage.SECURING) {
            if (secured.isSuccess()) {
                upgrade();
            } else {
                fail("tls", TlsFailure.of(secured.cause()), 0);
            }
        }
    }

    private void upgrade() {
        Handshake started = new Handshake(loop.random());
        handshake = started;
        stage = Stage.UPGRADING;
        send(dial.endpoint(ordinal).request(started.key()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf arrived = (ByteBuf) message;
            byteBeforeNanos = lastByteNanos;
            lastByteNanos = System.nanoTime();
            if (stage == Stage.UPGRADING) {
                takeAnswer(arrived);
            }
            byte[] scratch = loop.scratch();
            while (arrived.isReadable() && reader != null) {
                int length = Math.min(arrived.readableBytes(), scratch.length);
                arrived.readBytes(scratch, 0, length);
                feed(scratch, 0, length);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void takeAnswer(ByteBuf arrived) {
        Handshake pending = handshake;
        if (pending == null) {
            return;
        }
        switch (pending.take(arrived)) {
            case UpgradeAnswer.Incomplete() -> {}
            case UpgradeAnswer.Refused refused -> fail("http-status", "", refused.status());
            case UpgradeAnswer.NotHttp ignored -> fail("no-101", "", 0);
            case UpgradeAnswer.Switched switched -> {
                handshake = null;
                reader = new FrameReader(dial.speaksProtocol());
                join();
                feed(pending.bytes(), switched.length(), pending.length());
            }
        }
    }

    private void join() {
        if (!dial.speaksProtocol()) {
            ready();
            return;
        }
        stage = Stage.JOINING;
        int[] rooms = accounts.rooms();
        repliesLeft = (byte) (1 + rooms.length);
        send(ClientFrames.frame(Opcode.TEXT, Commands.join(CLIENT_NAME, rooms), loop.mask()));
    }

    private void ready() {
        stage = Stage.READY;
        long now = System.nanoTime();
        loop.becameReady(this, (now - sinceNanos) / 1_000);
        sinceNanos = now;
    }

    private void feed(byte[] bytes, int from, int to) {
        FrameReader current = reader;
        String violation = current == null ? null : current.feed(bytes, from, to, this);
        if (violation == null || stage == Stage.ENDED) {
            return;
        }
        boolean wasReady = stage == Stage.READY;
        sayLast(ClientFrames.close(PROTOCOL_ERROR, loop.mask()));
        if (wasReady) {
            end("agents", "close-frame", PROTOCOL_ERROR, violation);
        } else {
            fail("protocol", "", PROTOCOL_ERROR);
        }
    }

    @Override
    public void line(byte[] bytes, int from, int to, boolean isWhole) {
        if (stage == Stage.LEAVING || stage == Stage.ENDED) {
            return;
        }
        if (!dial.speaksProtocol()) {
            publication(bytes, from, to);
            return;
        }
        switch (ServerLine.of(bytes, from, to)) {
            case PING -> {
                if (dial.heartbeat() && wantsPong) {
                    send(ClientFrames.frame(Opcode.TEXT, PONG_LINE, loop.mask()));
                }
            }
            case PUSH -> publication(bytes, from, to);
            case REPLY -> reply(ServerReply.read(bytes, from, to));
        }
    }

    private void reply(ServerReply reply) {
        if (stage == Stage.READY) {
            loop.answered(reply, lastByteNanos);
        }
        if (stage != Stage.JOINING) {
            return;
        }
        if (reply.errorCode() != 0) {
            fail("protocol", "", reply.errorCode());
            return;
        }
        if (reply.id() == Commands.CONNECT_ID) {
            pingSeconds = (short) Math.min(reply.pingSeconds(), Short.MAX_VALUE);
            wantsPong = reply.pong();
        }
        if (--repliesLeft == 0) {
            ready();
        }
    }

    private void publication(byte[] bytes, int from, int to) {
        MeasuredMessage message = loop.message();
        if (message.find(bytes, from, to)) {
            boolean isNew = accounts.accept(
                    message, wasReadyBefore(message.firstNanos()), loop.meter().deliveries(cohort));
            loop.delivered(this, message);
            if (isNew && cohort == Cohort.NORMAL) {
                long now = lastByteNanos;
                loop.meter().arrived((now - message.dueNanos()) / 1_000, (now - message.sentNanos()) / 1_000);
            }
        } else if (!dial.speaksProtocol() || MeasuredMessage.isPublication(bytes, from, to)) {
            loop.meter().deliveries(cohort).delivered();
        }
    }

    private boolean wasReadyBefore(long nanos) {
        return stage == Stage.READY && sinceNanos - nanos < 0;
    }

    @Override
    public void control(int opcode, byte[] payload) {
        if (opcode == Opcode.PING && dial.heartbeat()) {
            send(ClientFrames.frame(Opcode.PONG, payload, loop.mask()));
        } else if (opcode == Opcode.CLOSE && stage != Stage.ENDED) {
            if (stage == Stage.LEAVING) {
                leave();
                loop.left(this, lastByteNanos);
                return;
            }
            CloseFrame frame = CloseFrame.read(payload);
            boolean wasReady = stage == Stage.READY;
            sayLast(ClientFrames.frame(Opcode.CLOSE, payload, loop.mask()));
            if (wasReady) {
                lastByteNanos = byteBeforeNanos;
                end("gateway", "close-frame", frame.code(), frame.reason());
            } else {
                fail("protocol", "", frame.code());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        switch (stage) {
            case CONNECTING, ENDED -> {}
            case SECURING -> fail("tls", "", 0);
            case UPGRADING -> fail("no-101", "", 0);
            case JOINING -> fail("protocol", "", CloseFrame.NO_FRAME);
            case READY, LEAVING -> end(dial.nextHop(), "fin", CloseFrame.NO_FRAME, "");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        String errno = Errno.of(cause);
        switch (stage) {
            case CONNECTING, ENDED -> {}
            case SECURING -> fail("tls", TlsFailure.of(cause), 0);
            case UPGRADING -> fail("no-101", errno, 0);
            case JOINING -> fail("protocol", errno, CloseFrame.NO_FRAME);
            case READY, LEAVING -> endedBy(errno, cause);
        }
    }

    private void endedBy(String errno, Throwable cause) {
        switch (errno) {
            case "ECONNRESET", "EPIPE", "ECONNABORTED" -> end(dial.nextHop(), "rst", CloseFrame.NO_FRAME, "");
            case "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH" -> end("network", "timeout", CloseFrame.NO_FRAME, errno);
            default -> end("agents", "rst", CloseFrame.NO_FRAME, errno.isEmpty() ? cause.toString() : errno);
        }
    }

    /** Gives up, because it is not ready in time. */
    void timeOut() {
        switch (stage) {
            case CONNECTING -> fail("connect", "ETIMEDOUT", 0);
            case SECURING -> fail("tls", "ETIMEDOUT", 0);
            case UPGRADING -> fail("no-101", "ETIMEDOUT", 0);
            case JOINING -> fail("timeout", "", 0);
            case READY, LEAVING, ENDED -> {}
        }
    }

    /** Gives up, because the server that promised pings is silent. */
    void fallSilent() {
        end("network", "timeout", CloseFrame.NO_FRAME, "no ping for too long");
    }

    /** Whether nothing came for so long that a client of the protocol would give up. */
    boolean isSilent(long nowNanos) {
        return stage == Stage.READY
                && cohort == Cohort.NORMAL
                && dial.heartbeat()
                && pingSeconds > 0
                && nowNanos - lastByteNanos > (pingSeconds + ClientLoop.SILENCE_EXTRA_SECONDS) * 1_000_000_000L;
    }

    void fail(String failedAt, String errno, int status) {
        stage = Stage.ENDED;
        reader = null;
        closeChannel();
        loop.failed(this, failedAt, errno, status);
    }

    private void end(String by, String how, int code, String reason) {
        stage = Stage.ENDED;
        reader = null;
        accounts.end(loop.meter().deliveries(cohort));
        closeChannel();
        long now = System.nanoTime();
        CloseKind kind = new CloseKind(by, how, code, reason, cohort);
        loop.ended(this, kind, (now - sinceNanos) / 1_000_000, (now - lastByteNanos) / 1_000_000);
    }

    /** Ends as planned, and the server is not told. */
    void vanish() {
        stage = Stage.ENDED;
        reader = null;
        closeChannel();
    }

    /** Sends a command of its own. */
    void say(String command) {
        send(ClientFrames.text(command, loop.mask()));
    }

    /** Begins a normal close; the server's close frame ends it. */
    void goodbye() {
        stage = Stage.LEAVING;
        accounts.end(loop.meter().deliveries(cohort));
        send(ClientFrames.close(NORMAL_CLOSURE, loop.mask()));
    }

    /** Ends as planned. */
    void leave() {
        if (stage == Stage.READY) {
            send(ClientFrames.close(NORMAL_CLOSURE, loop.mask()));
        }
        stage = Stage.ENDED;
        reader = null;
        closeChannel();
    }

    /**
     * Changes how it reads.
     *
     * @param readBytesMax how much a throttled connection takes at a time; meaningless for others
     */
    void readAs(Cohort wanted, int readBytesMax) {
        cohort = wanted;
        this.readBytesMax = wanted == Cohort.THROTTLED ? readBytesMax : 0;
        channel.config().setAutoRead(wanted == Cohort.NORMAL);
    }

    /** Reads once, as a throttled connection may. */
    void readOnce() {
        if (cohort == Cohort.THROTTLED && stage == Stage.READY) {
            channel.read();
        }
    }

    /** Whether it has all that it is owed, or does not read so that waiting is in vain. */
    boolean isComplete(Map<Integer, Sent> sent) {
        return stage != Stage.READY || cohort == Cohort.STALLED || accounts.areComplete(sent, this::wasReadyBefore);
    }

    /** Counts what is missing as lost. */
    void settle(Map<Integer, Sent> sent) {
        if (stage == Stage.READY) {
            accounts.settle(sent, this::wasReadyBefore, loop.meter().deliveries(cohort));
        }
    }

    private void send(byte[] bytes) {
        lastByteNanos = System.nanoTime();
        write(bytes);
    }

    /**
     * Writes before an end that is already certain. A reset that has come by then fails the write while it is made, and must not be taken for a
     * second end, which would be counted and reconnected twice.
     */
    private void sayLast(byte[] bytes) {
        stage = Stage.ENDED;
        write(bytes);
    }

    private void write(byte[] bytes) {
        // What fails here comes back as an exception of the pipeline, or as its end.
        ChannelFuture _ =
                channel.writeAndFlush(channel.alloc().ioBuffer(bytes.length).writeBytes(bytes), channel.voidPromise());
    }

    private void closeChannel() {
        ChannelFuture _ = channel.close();
    }

    Dial dial() {
        return dial;
    }

    SocketChannel channel() {
        return channel;
    }

    int ordinal() {
        return ordinal;
    }

    int failures() {
        return failures;
    }

    Stage stage() {
        return stage;
    }

    Cohort cohort() {
        return cohort;
    }

    long sinceNanos() {
        return sinceNanos;
    }
}
