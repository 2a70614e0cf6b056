package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.Missing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads every hop before, during and after a load.
 *
 * <pre>{@code
 * EvidenceCollector collector = EvidenceCollector.start(hops);
 * collector.sampleSockets();
 * EvidenceLog log = collector.stop();
 * }</pre>
 *
 * <p><b>Threading:</b> has {@value #THREADS} daemon threads of its own; {@link #start} and {@link #stop} block their caller for at most
 * {@link #READ_MILLIS_MAX} (never call them on an event loop), {@link #sampleSockets} never blocks.
 *
 * <p><b>Bounds:</b> one sample a second, sockets every two, and more seldom where a read takes long; a probe that does not answer in time is reported as missing and holds nobody up.
 */
public final class EvidenceCollector implements AutoCloseable {
    /** The hop under which figures stand that belong to all hops of this machine. */
    public static final String HOST = "host";

    /** Longest that the first and the last reading of all probes may take. */
    public static final long READ_MILLIS_MAX = 6_000;

    /** How far a hop's own page may be behind: the gateway copies its loops' counters ten times a second. The last reading is to have what was counted last. */
    private static final Duration COUNTERS_BEHIND = Duration.ofMillis(300);

    private static final int THREADS = 3;
    private static final int CLOSE_LOOKS_PER_SECOND = 10;
    /** A probe rests this many times as long as its last read took, so that no probe holds a thread for more than a ninth of the time. */
    private static final int REST_PER_READ = 8;

    /** And this many times as long as the read had a processor to itself: no probe takes more than a hundredth of one. */
    private static final int REST_PER_PROCESSOR_TIME = 100;

    private final List<HopTarget> hops;
    private final Tally tally = new Tally();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, daemons());
    private final ObservingCost cost = new ObservingCost(Runtime.getRuntime().availableProcessors());
    private final ProbePlan plan;

    private final Optional<Capture> capture;

    private EvidenceCollector(List<HopTarget> hops, Optional<Path> captureFolder) {
        this.hops = List.copyOf(hops);
        this.capture = captureFolder.map(folder -> Capture.start(this.hops, folder));
        this.plan = ProbePlan.of(this.hops);
    }

    /**
     * Reads everything once and starts sampling.
     *
     * @param hops the chain from the agents' side; the agents too, as a hop of kind {@link HopKind#AGENTS}, when their sockets are to be seen
     */
    public static EvidenceCollector start(List<HopTarget> hops) {
        return start(hops, Optional.empty());
    }

    /**
     * The same, and keeps the packets that decide.
     *
     * @param captureFolder where closed windows and resets are written as {@code capture-HOP.pcap}; empty for none
     */
    public static EvidenceCollector start(List<HopTarget> hops, Optional<Path> captureFolder) {
        EvidenceCollector collector = new EvidenceCollector(hops, captureFolder);
        collector.readAll();
        collector.plan.probes().forEach(probe -> collector.sampleAfter(probe, probe.periodMillis()));
        return collector;
    }

    /** Samples the sockets out of turn, as a phase that ended left them. */
    public void sampleSockets() {
        for (Probe probe : plan.probes()) {
            if (probe instanceof SocketProbe) {
                threads.execute(() -> read(probe));
            }
        }
    }

    /**
     * Looks at the hops' own pages {@value #CLOSE_LOOKS_PER_SECOND} times a second for a while, by threads of their own: how long a hop stalls, and how
     * soon it has let go of what ended, is told by how often it is asked.
     *
     * @param time how long
     */
    public void watchClosely(Duration time) {
        long untilNanos = System.nanoTime() + time.toNanos();
        for (Probe probe : plan.probes()) {
            if (probe instanceof MetricsProbe || probe instanceof StatusProbe) {
                Thread.ofPlatform()
                        .daemon()
                        .name("weir-evidence-" + probe.hop())
                        .start(() -> watch(probe, untilNanos));
            }
        }
    }

    private void watch(Probe probe, long untilNanos) {
        try {
            while (!threads.isShutdown() && untilNanos - System.nanoTime() > 0) {
                read(probe);
                TimeUnit.MILLISECONDS.sleep(1_000 / CLOSE_LOOKS_PER_SECOND);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads everything a last time and gives what was seen. The collector cannot be used again. */
    public EvidenceLog stop() {
        awaitCounters();
        readAll();
        close();
        tally.add(HOST, "observer", cost.readings());
        List<Missing> missing = new ArrayList<>(plan.missing());
        missing.addAll(tally.missing());
        capture.ifPresent(packets -> missing.addAll(packets.missing()));
        List<String> order = new ArrayList<>(hops.stream().map(HopTarget::name).toList());
        order.add(HOST);
        return new EvidenceLog(tally.evidence(order), missing);
    }

    private static void awaitCounters() {
        try {
            Thread.sleep(COUNTERS_BEHIND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends sampling and drops what was read. */
    @Override
    public void close() {
        threads.shutdownNow();
        capture.ifPresent(Capture::close);
    }

    private void readAll() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_MILLIS_MAX);
        List<Future<?>> reads = new ArrayList<>();
        for (Probe probe : plan.probes()) {
            reads.add(threads.submit(() -> read(probe)));
        }
        for (int i = 0; i < reads.size(); i++) {
            Probe probe = plan.probes().get(i);
            try {
                reads.get(i).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                tally.fail(probe.hop(), probe.name(), "no answer within " + READ_MILLIS_MAX + " ms");
            } catch (ExecutionException failed) {
                tally.fail(probe.hop(), probe.name(), String.valueOf(failed.getCause()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                tally.fail(probe.hop(), probe.name(), "interrupted");
            }
        }
    }

    /** Samples a probe for as long as this collector runs, the less often the longer it takes. */
    private void sampleAfter(Probe probe, long delayMillis) {
        if (threads.isShutdown()) {
            return;
        }
        var _ = threads.schedule(
                () -> {
                    long start = System.nanoTime();
                    long processorNanos = read(probe);
                    long tookNanos = System.nanoTime() - start;
                    sampleAfter(probe, TimeUnit.NANOSECONDS.toMillis(restNanos(probe, tookNanos, processorNanos)));
                },
                delayMillis,
                TimeUnit.MILLISECONDS);
    }

    /**
     * How long a probe rests: its period, and the longer the dearer its last read was.
     *
     * @param probe whose
     * @param tookNanos what the read took
     * @param processorNanos what it took of a processor
     */
    static long restNanos(Probe probe, long tookNanos, long processorNanos) {
        long dear = Math.max(REST_PER_READ * tookNanos, REST_PER_PROCESSOR_TIME * processorNanos);
        return Math.max(TimeUnit.MILLISECONDS.toNanos(probe.periodMillis()), dear);
    }

    /**
     * One read of one probe; the probe is locked since the last reading may overtake a sample that is under way.
     *
     * @return processor time of the calling thread that it took, in nanoseconds
     */
    private long read(Probe probe) {
        synchronized (probe) {
            ObservingCost.Work work = cost.begin(probe);
            try {
                tally.add(probe.hop(), probe.name(), probe.read());
            } catch (IOException | RuntimeException cannotRead) {
                tally.fail(probe.hop(), probe.name(), reason(cannotRead));
            }
            return work.end();
        }
    }

    private static String reason(Exception cannotRead) {
        String message = cannotRead.getMessage();
        return message == null || message.isBlank() ? cannotRead.getClass().getSimpleName() : message;
    }

    private static ThreadFactory daemons() {
        return Thread.ofPlatform().daemon().name("weir-evidence-", 0).factory();
    }
}
