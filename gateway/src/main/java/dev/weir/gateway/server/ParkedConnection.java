package dev.weir.gateway.server;

import dev.weir.gateway.fanout.SlowConsumerRule.Delivery;
import dev.weir.gateway.protocol.Disconnect;
import dev.weir.gateway.protocol.DisconnectCode;
import dev.weir.gateway.protocol.WireBuffer;
import dev.weir.gateway.room.Subscription;
import dev.weir.gateway.server.frame.FrameSink;
import dev.weir.gateway.server.frame.Frames;
import dev.weir.gateway.server.frame.PartialInput;
import dev.weir.gateway.server.frame.Violation;
import dev.weir.gateway.session.Deadline;
import dev.weir.gateway.session.SessionState;
import dev.weir.gateway.session.Subscriptions;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket after its handshake: the only handler in its pipeline, and all the state that it has. How it sends is {@link ParkedSocket}.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * <p><b>Bounds:</b> the fields below while it is idle; buffers exist only while something is incomplete or not taken.
 */
// Failures of writes and closes arrive in exceptionCaught, those of loop tasks in the loop's own log.
@SuppressWarnings("FutureReturnValueIgnored")
final class ParkedConnection extends ParkedSocket implements FrameSink, Subscriptions, Deadline.Expiring {
    private final Deadline deadline = new Deadline(this);

    private SessionState state = SessionState.AwaitingConnect.INSTANCE;
    private @Nullable Subscription<ParkedConnection> first;
    private @Nullable PartialInput partial;
    private @Nullable KeptFrames kept;
    private int listIndex;
    private int subscriptionCount;
    private long pings = PingRate.NONE;
    private boolean closing;
    private boolean pingOutstanding;

    ParkedConnection(ParkingLoop loop) {
        super(loop);
    }

    // ---- what the socket says

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        super.handlerAdded(ctx);
        loop.connections().add(this);
        loop.wheel().schedule(deadline, loop.nowMillis() + loop.settings().connectMillis());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    /** Reads frames; what is written in answer leaves when the socket has been read. */
    void read(ByteBuf in) {
        loop.counters().bytesReceived += in.readableBytes();
        if (!closing) {
            partial = loop.reader().read(partial, in, this);
            if (partial != null && !closing && loop.settings().memory().exhausted(loop.nowMillis())) {
                shed();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.socketRead();
        flush(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leaveAll();
        // A late answer must not begin the closing of a socket that is gone.
        closing = true;
        release();
        loop.wheel().cancel(deadline);
        loop.connections().remove(this);
        loop.counters().sockets--;
        loop.gate().leave();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    /** Closes the socket for an error that its neighbours must not notice. */
    void fail(Throwable cause) {
        SocketErrors.note(cause);
        if (context != null) {
            context.close();
        }
    }

    // ---- what the client says

    @Override
    public void text(byte[] bytes, int length) {
        new CommandExecutor(loop, this).execute(bytes, length);
    }

    @Override
    public void ping(byte[] bytes, int length) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && withinPingRate() && admit(ctx, length + 2)) {
            write(ctx, Frames.pong(bytes, length, ctx.alloc()));
        }
    }

    @Override
    public void pong() {
        withinPingRate();
    }

    private boolean withinPingRate() {
        pings = PingRate.next(pings, loop.nowMillis());
        if (PingRate.count(pings) <= loop.settings().config().limits().pingsPerSecondMax()) {
            return true;
        }
        violation(Violation.TOO_MANY_PINGS);
        return false;
    }

    @Override
    public void close(int code) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && beginClosing()) {
            ctx.writeAndFlush(Frames.closeEcho(code, ctx.alloc())).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void violation(Violation violation) {
        refuse(violation.disconnect());
    }

    @Override
    public boolean open() {
        return !closing;
    }

    // ---- what the session is

    SessionState state() {
        return state;
    }

    /** The session is open: from now on it is pinged. */
    void connected(SessionState.Connected next) {
        state = next;
        loop.counters().clients++;
        if (loop.settings().heartbeat().enabled()) {
            long now = loop.nowMillis();
            loop.wheel().schedule(deadline, loop.settings().heartbeat().firstPingMillis(now, loop.jitter()));
        } else {
            loop.wheel().cancel(deadline);
        }
    }

    /** Connect failed: the connection ends when its connect deadline passes. */
    void rejected() {
        state = SessionState.Rejected.INSTANCE;
    }

    /** A pong of the protocol; one that nobody asked for is a bad request. */
    boolean takePong() {
        if (!pingOutstanding) {
            return false;
        }
        pingOutstanding = false;
        loop.ponged(loop.settings().heartbeat().pingSentMillis(deadline.dueMillis()));
        loop.wheel()
                .schedule(deadline, loop.settings().heartbeat().nextPingMillis(deadline.dueMillis(), loop.jitter()));
        return true;
    }

    @Override
    public void expired(long nowMillis) {
        try {
            pass(nowMillis);
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void pass(long nowMillis) throws IOException {
        if (closing) {
            abort();
        } else if (!(state instanceof SessionState.Connected)) {
            end(DisconnectCode.STALE.disconnect());
        } else if (pingOutstanding) {
            end(DisconnectCode.NO_PONG.disconnect());
        } else {
            sendPing(nowMillis);
        }
    }

    private void sendPing(long nowMillis) throws IOException {
        pinged(nowMillis);
        ChannelHandlerContext ctx = context;
        if (!sendPastQueue(loop.pingFrame()) && ctx != null) {
            write(ctx, loop.pingFrame().buffer().duplicate());
            flush(ctx);
        }
    }

    private void pinged(long nowMillis) {
        pingOutstanding = true;
        loop.wheel().schedule(deadline, loop.settings().heartbeat().pongDueMillis(nowMillis));
    }

    @Override
    public boolean contains(String channel) {
        return Subscription.in(first, channel);
    }

    @Override
    public int count() {
        return subscriptionCount;
    }

    void join(String channel) {
        first = loop.rooms().join(channel, this, first);
        subscriptionCount++;
        loop.counters().subscriptions++;
    }

    void leave(String channel) {
        if (contains(channel)) {
            first = loop.rooms().leave(channel, first);
            subscriptionCount--;
            loop.counters().subscriptions--;
            if (kept != null) {
                kept.forget(channel);
            }
        }
    }

    private void leaveAll() {
        loop.rooms().leaveAll(first);
        first = null;
        loop.counters().subscriptions -= subscriptionCount;
        subscriptionCount = 0;
        if (state instanceof SessionState.Connected && !closing) {
            loop.counters().clients--;
        }
    }

    // ---- what is sent

    /** Sends replies; they leave with the next flush. */
    void reply(WireBuffer replies) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !closing && admit(ctx, Frames.textBytes(replies.length()))) {
            write(ctx, Frames.text(replies, ctx.alloc()));
        }
    }

    /** Whether a reply or pong may be queued; ends the connection when not. */
    private boolean admit(ChannelHandlerContext ctx, int frameBytes) {
        if (loop.settings().slowConsumer().control(QueueShare.pendingBytes(ctx), frameBytes) == Delivery.SEND) {
            return true;
        }
        // What waits may be this very turn's answers, which the kernel has not been asked to take.
        flush(ctx);
        if (loop.settings().slowConsumer().control(QueueShare.pendingBytes(ctx), frameBytes) == Delivery.SEND) {
            return true;
        }
        end(DisconnectCode.SLOW.disconnect());
        return false;
    }

    /**
     * Sends a broadcast's frame at once, or does with it what the policy says.
     *
     * @param mayPing whether a ping that would be due soon may go with it: a system call and a packet less, for both ends
     */
    void deliver(Broadcast broadcast, boolean mayPing) throws IOException {
        SharedFrame both =
                mayPing && pingIsNear() ? broadcast.withPing(loop.settings().codec()) : null;
        if (closing || !sendPastQueue(both == null ? broadcast.shared() : both)) {
            deliverByQueue(broadcast);
            return;
        }
        loop.counters().messagesSent += broadcast.messages();
        if (both != null && !closing) {
            pinged(loop.nowMillis());
        }
    }

    private boolean pingIsNear() {
        return goesPastQueue()
                && !pingOutstanding
                && state instanceof SessionState.Connected
                && loop.settings().heartbeat().mayPingEarly(deadline.dueMillis(), loop.nowMillis());
    }

    private void deliverByQueue(Broadcast broadcast) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || closing) {
            return;
        }
        switch (loop.settings().slowConsumer().message(QueueShare.pendingBytes(ctx), broadcast.frameBytes())) {
            case SEND -> {
                if (kept != null) {
                    loop.counters().droppedMessages += kept.forget(broadcast.channel());
                }
                send(ctx, broadcast.frame().retainedDuplicate(), broadcast.messages());
            }
            case DISCONNECT -> end(DisconnectCode.SLOW.disconnect());
            case DROP -> loop.counters().droppedMessages += broadcast.messages();
            case KEEP_LATEST -> {
                KeptFrames frames = kept == null ? new KeptFrames() : kept;
                kept = frames;
                int older = broadcast.messages() - 1;
                loop.counters().droppedMessages += older
                        + frames.keep(broadcast.channel(), broadcast.latest().frame());
                enterBacklog();
            }
        }
    }

    private void send(ChannelHandlerContext ctx, ByteBuf frame, int messages) {
        loop.counters().messagesSent += messages;
        write(ctx, frame);
        flush(ctx);
    }

    @Override
    void enterBacklog() {
        if (!inBacklog) {
            inBacklog = true;
            loop.backlogged().add(this);
            MemoryGuard memory = loop.settings().memory();
            if (memory.exhausted(loop.nowMillis()) && memory.worthwhile(heldBytes())) {
                shed();
            }
        }
    }

    /**
     * Sends what was kept for the moment at which the queue has room.
     *
     * @return bytes that wait still; 0 takes the connection off the backlog
     */
    long drainBacklog() {
        ChannelHandlerContext ctx = context;
        KeptFrames frames = kept;
        if (ctx == null || !ctx.channel().isActive()) {
            inBacklog = false;
            return 0;
        }
        if (frames != null) {
            frames.drain(frame -> {
                boolean fits =
                        loop.settings().slowConsumer().message(QueueShare.pendingBytes(ctx), frame.readableBytes())
                                == Delivery.SEND;
                if (fits) {
                    send(ctx, frame, 1);
                }
                return fits;
            });
            kept = frames.isEmpty() ? null : frames;
        }
        long pending = QueueShare.pendingBytes(ctx);
        inBacklog = pending > loop.underWayBytes() || kept != null;
        return inBacklog ? Math.max(1, pending) : 0;
    }

    // ---- how it ends

    /**
     * Closes with a code: our direction ends behind the close frame, and the client has the closing timeout to go.
     *
     * @return false when it is closing already
     */
    boolean end(Disconnect disconnect) {
        return end(disconnect, HalfClose.INSTANCE);
    }

    /** Closes with a code while the client may still be sending. */
    void refuse(Disconnect disconnect) {
        end(disconnect, new LingeringClose(loop.counters()));
    }

    private boolean end(Disconnect disconnect, ChannelFutureListener afterwards) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !beginClosing()) {
            return false;
        }
        loop.counters().disconnected(disconnect.code());
        ctx.writeAndFlush(Frames.close(disconnect, ctx.alloc())).addListener(afterwards);
        return true;
    }

    /** Bytes of memory that are held for what is incomplete or not taken; of a broadcast, its share. */
    long heldBytes() {
        PartialInput input = partial;
        return (input == null ? 0 : input.heldBytes()) + (context == null ? 0 : QueueShare.bytes(context));
    }

    /** Ends at once for the memory that is held: what has not been taken by now is discarded, and with it the close frame. */
    void shed() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && QueueShare.pendingBytes(ctx) == 0) {
            end(DisconnectCode.TOO_MANY_REQUESTS.disconnect());
            return;
        }
        if (beginClosing()) {
            loop.counters().disconnected(DisconnectCode.SLOW.code());
        }
        abort();
    }

    private boolean beginClosing() {
        if (closing) {
            return false;
        }
        leaveAll();
        closing = true;
        release();
        loop.wheel().schedule(deadline, loop.nowMillis() + loop.settings().closingMillis());
        return true;
    }

    private void release() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    int listIndex() {
        return listIndex;
    }

    void listIndex(int index) {
        listIndex = index;
    }
}
