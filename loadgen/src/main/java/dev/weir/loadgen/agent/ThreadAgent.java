package dev.weir.loadgen.agent;

import dev.weir.loadgen.client.BlockingConnection;
import dev.weir.loadgen.client.Dial;
import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Meter;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.traffic.TrafficPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent with a platform thread for each connection, as field report B's was. It opens and holds; nothing else.
 *
 * <p>When the system refuses a thread, this connection and all that were to follow have failed, at stage {@code thread}. The agent itself lives on: it
 * keeps memory back for that moment.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one plan's connections, or as many threads as the system gives.
 */
final class ThreadAgent implements Agent {
    /** What the virtual machine needs to go on where no more memory can be had. */
    private static final long KEPT_BACK_BYTES = 64L << 20;

    private static final FailureKind NO_THREAD = new FailureKind("thread", "EAGAIN", 0);

    private final long stackBytes;
    private final CpuMeter cpu = new CpuMeter();
    private final Arena keptBack = Arena.ofShared();
    private final List<BlockingConnection> connections = new ArrayList<>();
    private final Counts counts = new Counts();

    /**
     * An agent without connections.
     *
     * @param stackBytes address space of each thread's stack
     */
    ThreadAgent(long stackBytes) {
        this.stackBytes = stackBytes;
        keptBack.allocate(KEPT_BACK_BYTES);
    }

    @Override
    public Future<Void> open(ConnectPlan plan) {
        if (plan.targets().stream().anyMatch(target -> "wss".equalsIgnoreCase(target.getScheme()))) {
            return cannot("speak TLS");
        }
        Dial dial;
        try {
            dial = InProcessAgent.dial(plan);
        } catch (UnknownHostException e) {
            return Future.failedFuture(e);
        }
        Future<Void> settled = counts.expect(plan.connections());
        Thread.ofPlatform().daemon().name("opener").start(() -> open(plan, dial));
        return settled;
    }

    private void open(ConnectPlan plan, Dial dial) {
        double gapNanos = plan.ratePerSecond() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / plan.ratePerSecond();
        long startNanos = System.nanoTime();
        for (int i = 0; i < plan.connections(); i++) {
            long dueNanos = startNanos + (long) (i * gapNanos);
            while (System.nanoTime() - dueNanos < 0) {
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
            BlockingConnection connection = new BlockingConnection(dial, i, counts, System.nanoTime());
            Thread thread = new Thread(null, connection, "connection-" + i, stackBytes);
            thread.setDaemon(true);
            synchronized (connections) {
                connections.add(connection);
            }
            try {
                thread.start();
            } catch (OutOfMemoryError refused) {
                keptBack.close();
                System.err.println(refused + " at connection " + i);
                for (int left = i; left < plan.connections(); left++) {
                    counts.failed(NO_THREAD);
                }
                return;
            }
        }
    }

    @Override
    public Future<Tally> tally() {
        return Future.succeededFuture(counts.take().withGenerator(cpu.take(System.nanoTime())));
    }

    @Override
    public Future<Void> close() {
        synchronized (connections) {
            for (BlockingConnection connection : connections) {
                try {
                    connection.close();
                } catch (IOException e) {
                    return Future.failedFuture(e);
                }
            }
        }
        cpu.close();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> read(ReadOrder order) {
        return cannot("change how connections read");
    }

    @Override
    public Future<Void> leave(LeaveOrder order) {
        return cannot("let connections leave");
    }

    @Override
    public Future<Void> carryOut(TrafficPlan plan) {
        return cannot("carry out traffic");
    }

    @Override
    public Future<Void> settle(Map<String, Sent> sent, long waitMillis) {
        return cannot("count deliveries");
    }

    private static Future<Void> cannot(String what) {
        return Future.failedFuture("an agent with a thread for each connection cannot " + what);
    }

    /** What became of the connections, told by their own threads. */
    private static final class Counts implements BlockingConnection.Listener {
        private final Meter meter = new Meter();
        private final Promise<Void> settled = Promise.promise();
        private long held;
        private long open;

        synchronized Future<Void> expect(int connections) {
            open += connections;
            if (open == 0) {
                settled.tryComplete();
            }
            return settled.future();
        }

        @Override
        public synchronized void ready(long connectMicros) {
            meter.opened(connectMicros);
            held++;
            settle();
        }

        @Override
        public synchronized void failed(FailureKind kind) {
            meter.failed(kind);
            settle();
        }

        @Override
        public synchronized void ended(CloseKind kind, long ageMillis, long idleMillis) {
            meter.closed(kind, ageMillis, idleMillis, System.currentTimeMillis());
            held--;
        }

        private void settle() {
            if (--open == 0) {
                settled.tryComplete();
            }
        }

        synchronized Tally take() {
            return meter.take(held);
        }
    }
}
