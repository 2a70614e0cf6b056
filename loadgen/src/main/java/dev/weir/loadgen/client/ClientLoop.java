package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Meter;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.traffic.TrafficPlan;
import dev.weir.loadgen.wire.Commands;
import dev.weir.loadgen.wire.MeasuredMessage;
import dev.weir.loadgen.wire.ServerReply;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop, and what they share: a meter, a buffer, timers. No connection has a timer of its own.
 *
 * <p><b>Threading:</b> everything on its event loop's thread. <b>Bounds:</b> one slot a connection; {@link #SCRATCH_BYTES} of buffer.
 */
final class ClientLoop {
    /** A client of the protocol gives up when nothing came for the ping interval and this. */
    static final int SILENCE_EXTRA_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(ClientLoop.class);
    private static final int SCRATCH_BYTES = 64 * 1_024;
    private static final long DELAY_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SWEEP_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long THROTTLES_PER_SECOND = 10;
    private static final long THROTTLE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1) / THROTTLES_PER_SECOND;
    private static final long LATE_SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SWEEPS_PER_SILENCE_CHECK = 10;
    private static final int LEAVES_PER_TURN = 500;
    private static final int DELAY_TICKS_MAX = 30_000;

    private final EventLoop loop;
    private final ParkingLoops parking;
    private final int index;
    private final int loopCount;
    private final SplittableRandom random;
    private final Meter meter = new Meter();
    private final MeasuredMessage message;
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final List<ClientConnection> slots = new ArrayList<>();
    private final ArrayDeque<ClientConnection> pending = new ArrayDeque<>();
    private final List<Runnable> whenAnswered = new ArrayList<>();
    private ReadShare readShare = ReadShare.NORMAL;
    private long held;
    private int inFlight;
    private int firstsInFlight;
    private int sweeps;
    private int leaveFrom;
    private long delayDueNanos;
    private boolean isClosing;
    private @Nullable Traffic traffic;
    private int lastCommandId = Commands.JOIN_ID_MAX;

    /**
     * Without connections.
     *
     * @param aheadNanos how far this host's clock is ahead of that of whoever publishes
     */
    ClientLoop(ParkingLoops parking, int index, long seed, long aheadNanos) {
        this.message = new MeasuredMessage(aheadNanos);
        this.parking = parking;
        this.index = index;
        this.loop = parking.loops().get(index);
        this.loopCount = parking.loops().size();
        this.random = new SplittableRandom(seed + index);
    }

    /** Starts the timers that all connections share. */
    void start() {
        delayDueNanos = System.nanoTime() + DELAY_EVERY_NANOS;
        later(this::measureDelay, DELAY_EVERY_NANOS);
        scheduleSweep();
        later(this::readThrottled, THROTTLE_EVERY_NANOS);
    }

    /** Runs a task on this loop after a wait; what it throws is logged, for nobody waits for it. */
    void later(Runnable task, long waitNanos) {
        loop.schedule(task, waitNanos, TimeUnit.NANOSECONDS).addListener(done -> {
            if (done.cause() != null && !done.isCancelled()) {
                LOG.error("timer of an agent's loop failed", done.cause());
            }
        });
    }

    EventLoop eventLoop() {
        return loop;
    }

    /** Which of the loops this is. */
    int index() {
        return index;
    }

    /** How many loops share a group's connections. */
    int loopCount() {
        return loopCount;
    }

    Meter meter() {
        return meter;
    }

    MeasuredMessage message() {
        return message;
    }

    byte[] scratch() {
        return scratch;
    }

    SplittableRandom random() {
        return random;
    }

    int mask() {
        return random.nextInt();
    }

    /** How many handshakes are under way. */
    int inFlight() {
        return inFlight;
    }

    /** How many of these are no reconnects. */
    int firstsInFlight() {
        return firstsInFlight;
    }

    boolean isClosing() {
        return isClosing;
    }

    /**
     * Starts a connection.
     *
     * @param slot the slot of this loop that it takes; one past the last for a new one
     * @param failures as in {@link ClientConnection}
     */
    void connect(Dial dial, int slot, int failures) {
        int ordinal = slot * loopCount + index;
        InetSocketAddress remote = dial.endpoint(ordinal).address();
        SocketChannel channel;
        try {
            channel = parking.newSocket(remote, dial.choosesPortAtConnect());
        } catch (ChannelException e) {
            meter.failed(new FailureKind("connect", Errno.of(e), 0));
            retry(dial, slot, failures);
            return;
        }
        ClientConnection connection = new ClientConnection(this, dial, channel, ordinal, failures, System.nanoTime());
        if (slot < slots.size()) {
            slots.set(slot, connection);
        } else {
            slots.add(connection);
        }
        start(connection, remote);
    }

    /**
     * Starts a connection that takes no slot.
     *
     * @throws ChannelException when there is no socket for it
     */
    ClientConnection visit(Dial dial, int ordinal) {
        InetSocketAddress remote = dial.endpoint(ordinal).address();
        SocketChannel channel = parking.newSocket(remote, dial.choosesPortAtConnect());
        ClientConnection connection = new ClientConnection(this, dial, channel, ordinal, 0, System.nanoTime());
        start(connection, remote);
        return connection;
    }

    /** Carries out this loop's part of traffic and runs {@code whenDone}. */
    void carryOut(TrafficPlan plan, Runnable whenDone) {
        Traffic started = new Traffic(this, plan, whenDone);
        traffic = started;
        started.turn();
    }

    /** An id that no other command of this loop has. */
    int nextCommandId() {
        return ++lastCommandId;
    }

    /** The connection in a slot. */
    ClientConnection at(int slot) {
        return slots.get(slot);
    }

    /** A connection that is up got an answer. */
    void answered(ServerReply reply, long atNanos) {
        if (traffic != null) {
            traffic.answered(reply, atNanos);
        }
    }

    /** A measured message arrived. */
    void delivered(ClientConnection connection, MeasuredMessage arrived) {
        if (traffic != null && !connection.dial().visits()) {
            traffic.delivered(arrived);
        }
    }

    /** A connection that took its leave got the server's. */
    void left(ClientConnection connection, long atNanos) {
        if (traffic != null) {
            traffic.left(connection, atNanos);
        }
    }

    private void start(ClientConnection connection, InetSocketAddress remote) {
        SocketChannel channel = connection.channel();
        countInFlight(connection, 1);
        pending.add(connection);
        connection.dial().endpoint(connection.ordinal()).newTls(channel.alloc()).ifPresent(tls -> {
            // The agent's own limit holds for the whole of a connect.
            tls.setHandshakeTimeoutMillis(0);
            channel.pipeline().addLast(tls);
        });
        channel.pipeline().addLast(connection);
        loop.register(channel).addListener(registered -> failUnless(registered, connection));
        if (connection.stage() == ClientConnection.Stage.ENDED) {
            return;
        }
        ChannelFuture connected = connection
                .dial()
                .source(connection.ordinal())
                .map(source -> channel.connect(remote, source))
                .orElseGet(() -> channel.connect(remote));
        connected.addListener(done -> failUnless(done, connection));
    }

    private static void failUnless(Future<?> done, ClientConnection connection) {
        @Nullable Throwable cause = done.cause();
        if (cause != null && connection.stage() == ClientConnection.Stage.CONNECTING) {
            connection.fail(Errno.isOfBind(cause) ? "bind" : "connect", Errno.of(cause), 0);
        }
    }

    /** How many slots there are. */
    int slots() {
        return slots.size();
    }

    private void countInFlight(ClientConnection connection, int change) {
        inFlight += change;
        if (connection.failures() < 0) {
            firstsInFlight += change;
        }
        if (change < 0 && !whenAnswered.isEmpty()) {
            wakeWaiting();
        }
    }

    /** Runs a task, once, after the next handshake has come to an end, good or bad. */
    void whenAnswered(Runnable task) {
        whenAnswered.add(task);
    }

    /** In a turn of their own: what waits may connect, which may fail at once. */
    private void wakeWaiting() {
        List<Runnable> tasks = List.copyOf(whenAnswered);
        whenAnswered.clear();
        loop.execute(() -> tasks.forEach(Runnable::run));
    }

    void becameReady(ClientConnection connection, long micros) {
        countInFlight(connection, -1);
        if (traffic != null && connection.dial().visits()) {
            traffic.arrived(connection);
            return;
        }
        held++;
        meter.opened(micros);
        applyTo(connection);
    }

    void failed(ClientConnection connection, String stage, String errno, int status) {
        countInFlight(connection, -1);
        if (isClosing) {
            return;
        }
        FailureKind kind = new FailureKind(stage, errno, status);
        if (traffic != null && connection.dial().visits()) {
            traffic.failed(connection, kind);
            return;
        }
        meter.failed(kind);
        retry(connection.dial(), connection.ordinal() / loopCount, connection.failures());
    }

    /** Tries again for a connection that was up before; a first attempt that failed is not repeated. */
    private void retry(Dial dial, int slot, int failures) {
        if (failures >= 0) {
            comeBack(dial, slot, failures + 1);
        }
    }

    void ended(ClientConnection connection, CloseKind kind, long ageMillis, long idleMillis) {
        if (traffic != null && connection.dial().visits()) {
            traffic.ended(connection, kind);
            return;
        }
        held--;
        if (isClosing) {
            return;
        }
        meter.closed(kind, ageMillis, idleMillis, System.currentTimeMillis());
        comeBack(connection.dial(), connection.ordinal() / loopCount, 0);
    }

    private void comeBack(Dial dial, int slot, int failures) {
        long millis = dial.reconnect().millis(failures, random.nextDouble());
        if (millis >= 0) {
            later(() -> connectUnlessClosing(dial, slot, failures), TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private void connectUnlessClosing(Dial dial, int slot, int failures) {
        if (!isClosing) {
            connect(dial, slot, failures);
        }
    }

    /**
     * Lets connections be gone at once and come back; successive calls take others, until all have had their turn.
     *
     * @param count how many, at most those that are up
     * @param awayMillis ms until the first comes back
     * @param inFlightMax handshakes under way at once on this loop while they come back
     */
    void leave(int count, long awayMillis, int inFlightMax, Runnable whenDone) {
        List<ClientConnection> gone = new ArrayList<>();
        for (int tried = 0; tried < slots.size() && gone.size() < count; tried++) {
            leaveFrom = (leaveFrom == 0 ? slots.size() : leaveFrom) - 1;
            ClientConnection connection = slots.get(leaveFrom);
            if (connection.stage() == ClientConnection.Stage.READY) {
                gone.add(connection);
            }
        }
        new Returner(this, gone, inFlightMax, whenDone).run(awayMillis);
    }

    /** Ends one that is up, as planned and without a word. */
    void vanish(ClientConnection connection) {
        connection.vanish();
        held--;
    }

    /** Connects anew in the place of one that has gone. */
    void replace(ClientConnection gone) {
        connect(gone.dial(), gone.ordinal() / loopCount, 0);
    }

    /** Changes how connections read, these and later ones. */
    void read(ReadShare share) {
        readShare = share;
        for (ClientConnection connection : slots) {
            if (connection.stage() == ClientConnection.Stage.READY) {
                applyTo(connection);
            }
        }
    }

    private void applyTo(ClientConnection connection) {
        Cohort wanted = readShare.cohort(connection.ordinal());
        if (wanted != connection.cohort()) {
            connection.readAs(wanted, readShare.bytesPerTurn(THROTTLES_PER_SECOND));
        }
    }

    Tally take() {
        return meter.take(held);
    }

    /** The first slot from {@code from} on whose connection has not all that it is owed; the number of slots when each has. */
    int completeTo(int from, Map<Integer, Sent> sent) {
        int slot = from;
        while (slot < slots.size() && slots.get(slot).isComplete(sent)) {
            slot++;
        }
        return slot;
    }

    void settle(Map<Integer, Sent> sent) {
        slots.forEach(connection -> connection.settle(sent));
    }

    /** Ends all connections as planned, some at a time, and runs {@code whenDone}. */
    void close(Runnable whenDone) {
        isClosing = true;
        if (traffic != null) {
            traffic.close();
        }
        leave(0, whenDone);
    }

    private void leave(int from, Runnable whenDone) {
        int to = Math.min(slots.size(), from + LEAVES_PER_TURN);
        for (ClientConnection connection : slots.subList(from, to)) {
            connection.leave();
        }
        if (to < slots.size()) {
            loop.execute(() -> leave(to, whenDone));
        } else {
            slots.clear();
            pending.clear();
            held = 0;
            inFlight = 0;
            firstsInFlight = 0;
            wakeWaiting();
            whenDone.run();
        }
    }

    /** Each tick that was missed counts with its own delay: one long stall is many late timers, as for whoever needed the loop meanwhile. */
    private void measureDelay() {
        if (isClosing) {
            return;
        }
        long now = System.nanoTime();
        for (int ticks = 0; delayDueNanos - now <= 0 && ticks < DELAY_TICKS_MAX; ticks++) {
            meter.loopDelay((now - delayDueNanos) / 1_000);
            delayDueNanos += DELAY_EVERY_NANOS;
        }
        later(this::measureDelay, Math.max(0, delayDueNanos - now));
    }

    private void scheduleSweep() {
        long due = System.nanoTime() + SWEEP_EVERY_NANOS;
        later(() -> sweep(due), SWEEP_EVERY_NANOS);
    }

    private void sweep(long dueNanos) {
        if (isClosing) {
            return;
        }
        long now = System.nanoTime();
        timeOutPending(now);
        // A loop that ran late itself has not read what may have come; it may blame nobody for silence.
        if (++sweeps % SWEEPS_PER_SILENCE_CHECK == 0 && now - dueNanos < LATE_SWEEP_NANOS) {
            for (ClientConnection connection : List.copyOf(slots)) {
                if (connection.isSilent(now)) {
                    connection.fallSilent();
                }
            }
        }
        scheduleSweep();
    }

    private void timeOutPending(long now) {
        while (!pending.isEmpty()) {
            ClientConnection oldest = pending.peek();
            boolean isUnderWay =
                    switch (oldest.stage()) {
                        case CONNECTING, SECURING, UPGRADING, JOINING -> true;
                        case READY, LEAVING, ENDED -> false;
                    };
            if (isUnderWay && now - oldest.sinceNanos() < oldest.dial().timeoutNanos()) {
                return;
            }
            pending.remove();
            oldest.timeOut();
        }
    }

    private void readThrottled() {
        if (isClosing) {
            return;
        }
        if (readShare.throttledTo() > readShare.stalledTo()) {
            int first = Math.max(0, (readShare.stalledTo() - index) / loopCount);
            int last = Math.min(slots.size() - 1, readShare.throttledTo() / loopCount);
            for (int slot = first; slot <= last; slot++) {
                slots.get(slot).readOnce();
            }
        }
        later(this::readThrottled, THROTTLE_EVERY_NANOS);
    }
}
