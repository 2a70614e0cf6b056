package dev.weir.gateway.server;

import dev.weir.gateway.protocol.Disconnect;
import dev.weir.gateway.protocol.DisconnectCode;
import dev.weir.gateway.protocol.WireBuffer;
import dev.weir.gateway.room.Rooms;
import dev.weir.gateway.server.frame.FrameReader;
import dev.weir.gateway.server.frame.Frames;
import dev.weir.gateway.session.DeadlineWheel;
import dev.weir.gateway.session.SessionRules;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with all that its connections share: rooms, deadlines, buffers, counters.
 *
 * <p><b>Threading:</b> owned by its event loop; {@link #execute}, {@link #reading} and {@link #eventLoop} may be called by others.
 */
// Failures of writes and closes arrive in exceptionCaught, those of loop tasks in the loop's own log.
@SuppressWarnings("FutureReturnValueIgnored")
final class ParkingLoop {
    private static final long TICK_MILLIS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EventLoop eventLoop;
    private final int underWayBytes;
    private final HubSettings settings;
    private final ConnectionGate gate;
    private final Publisher publisher;
    private final Rooms<ParkedConnection> rooms;
    private final BroadcastQueue broadcasts;
    private final DeadlineWheel wheel;
    private final SessionRules rules;
    private final FrameReader reader;
    private final WireBuffer replies = new WireBuffer(1024);
    private final SharedFrame pingFrame;
    private final AcceptKey acceptKey = new AcceptKey();
    private final RandomGenerator jitter = new SplittableRandom();
    private final ConnectionList connections = new ConnectionList();
    private final ArrayDeque<ParkedConnection> backlogged = new ArrayDeque<>();
    private final LoopCounters counters = new LoopCounters();
    private final DelayWindow delays = new DelayWindow();
    private final DelayWindow pingPongs = new DelayWindow();
    private byte[] scratch = new byte[4096];
    private int socketsRead;
    private long expectedTickMillis;
    private @Nullable DrainPace drainPace;
    private @Nullable Promise<Void> drained;
    private volatile LoopReading reading = LoopReading.ZERO;

    ParkingLoop(
            EventLoop eventLoop,
            HubSettings settings,
            ConnectionGate gate,
            Publisher publisher,
            ChannelDirectory directory,
            SocketFamily family) {
        this.eventLoop = eventLoop;
        this.underWayBytes = family.underWayBytes();
        this.settings = settings;
        this.gate = gate;
        this.publisher = publisher;
        this.rooms = new Rooms<>(directory);
        this.broadcasts = new BroadcastQueue(
                rooms,
                settings.codec(),
                new BroadcastQueue.Bounds(
                        family.sliceMembers(),
                        family.lookSockets(settings.config().loops().cleanupSlice()),
                        settings.sharedBytesMax()),
                new QueueHost());
        this.wheel = new DeadlineWheel(TICK_MILLIS, nowMillis());
        this.rules = new SessionRules(settings.authorizer(), settings.rules(), new BulkRandom());
        this.reader = new FrameReader(settings.config().limits().frameBytesMax());
        WireBuffer ping = new WireBuffer(16);
        settings.codec().encodePing(ping);
        this.pingFrame = SharedFrame.of(Unpooled.unreleasableBuffer(Frames.text(ping, ByteBufAllocator.DEFAULT)));
    }

    /** Begins to tick; called on the loop, first of all. */
    void start() {
        expectedTickMillis = nowMillis() + TICK_MILLIS;
        schedule(this::tick, TICK_MILLIS);
    }

    private void schedule(Runnable task, long delayMillis) {
        eventLoop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = nowMillis();
        try {
            delays.record(now, Math.max(0, now - expectedTickMillis));
            pingPongs.record(now, 0);
            guarded(() -> wheel.advance(now));
            guarded(this::sweepBacklog);
            guarded(() -> settings.memory().relieve(connections, now));
            guarded(() -> drainSome(now));
            reading = counters.read(delays.maxMillis(), pingPongs.maxMillis());
        } finally {
            expectedTickMillis = nowMillis() + TICK_MILLIS;
            schedule(this::tick, TICK_MILLIS);
        }
    }

    /** One connection's fault must not stop the clock of all; Netty's want of direct memory is an Error. */
    private static void guarded(Runnable part) {
        try {
            part.run();
        } catch (Throwable e) {
            SocketErrors.note(e);
        }
    }

    /** Looks again at the connections whose sockets did not take everything. */
    private void sweepBacklog() {
        long queuedBytes = 0;
        for (int i = backlogged.size(); i > 0; i--) {
            ParkedConnection connection = backlogged.remove();
            long pending = drainBacklog(connection);
            if (pending > 0) {
                backlogged.add(connection);
                queuedBytes += pending;
            }
        }
        counters.queuedBytes = queuedBytes;
    }

    private static long drainBacklog(ParkedConnection connection) {
        try {
            return connection.drainBacklog();
        } catch (Throwable e) {
            connection.fail(e);
            return 0;
        }
    }

    private void drainSome(long now) {
        DrainPace pace = drainPace;
        Promise<Void> promise = drained;
        if (pace == null || promise == null) {
            return;
        }
        int[] left = {pace.grant(now)};
        Disconnect shutdown = DisconnectCode.SHUTDOWN.disconnect();
        if (left[0] > 0) {
            connections.forEach(connection -> {
                if (left[0] > 0 && connection.end(shutdown)) {
                    left[0]--;
                }
            });
        }
        if (connections.size() == 0) {
            promise.tryComplete();
        }
    }

    /**
     * Lets the connections go at a steady rate; called on the loop.
     *
     * @param connectionsPerSecond this loop's share of the rate
     * @param promise completed when none is left
     */
    void drain(double connectionsPerSecond, Promise<Void> promise) {
        drainPace = new DrainPace(connectionsPerSecond, nowMillis());
        drained = promise;
    }

    /** Whether new handshakes are refused. */
    boolean draining() {
        return drainPace != null;
    }

    /** Closes what is left, without waiting for anybody; called on the loop. */
    void closeAll() {
        connections.forEach(connection -> {
            connection.end(DisconnectCode.SHUTDOWN.disconnect());
            connection.abort();
        });
    }

    /** All that a socket had has been read. */
    void socketRead() {
        socketsRead++;
    }

    private final class QueueHost implements BroadcastQueue.Host {
        @Override
        public void soon(Runnable task) {
            execute(task);
        }

        /** A task that is scheduled, unlike one that is executed, runs only after the loop has looked at its sockets. */
        @Override
        public void later(Runnable task) {
            schedule(task, 0);
        }

        @Override
        public int takeSocketsRead() {
            int read = socketsRead;
            socketsRead = 0;
            return read;
        }
    }

    /** A pong has come for a ping that was sent at a time of {@link #nowMillis}. */
    void ponged(long sentMillis) {
        long now = nowMillis();
        long tookMillis = now - sentMillis;
        pingPongs.record(now, tookMillis);
        counters.pingPongs.record(tookMillis);
    }

    /** A clock that only goes forward, in milliseconds. */
    long nowMillis() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }

    void execute(Runnable task) {
        eventLoop.execute(task);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** Bytes in a connection's queue that mean nothing yet: they may be in the kernel's hands. */
    int underWayBytes() {
        return underWayBytes;
    }

    HubSettings settings() {
        return settings;
    }

    ConnectionGate gate() {
        return gate;
    }

    Publisher publisher() {
        return publisher;
    }

    Rooms<ParkedConnection> rooms() {
        return rooms;
    }

    BroadcastQueue broadcasts() {
        return broadcasts;
    }

    DeadlineWheel wheel() {
        return wheel;
    }

    SessionRules rules() {
        return rules;
    }

    FrameReader reader() {
        return reader;
    }

    /** Where the replies to one frame are gathered. */
    WireBuffer replies() {
        return replies;
    }

    /** Bytes for the length of one call; what is in them then is anybody's. */
    byte[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        return scratch;
    }

    SharedFrame pingFrame() {
        return pingFrame;
    }

    AcceptKey acceptKey() {
        return acceptKey;
    }

    RandomGenerator jitter() {
        return jitter;
    }

    ConnectionList connections() {
        return connections;
    }

    ArrayDeque<ParkedConnection> backlogged() {
        return backlogged;
    }

    LoopCounters counters() {
        return counters;
    }

    /** The counters as of the last tick. */
    LoopReading reading() {
        return reading;
    }
}
