package dev.weir.loadgen.measure;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Collects what the connections of one event loop live through, until it is taken.
 *
 * <p><b>Threading:</b> owned by one event loop. <b>Bounds:</b> {@link #KINDS_MAX} ways to fail and as many to end; what is beyond goes into one
 * way named {@link #OTHER}.
 */
public final class Meter {
    /** How many different ways are told apart. */
    public static final int KINDS_MAX = 200;

    /** The way of all that are not told apart. */
    public static final String OTHER = "(other)";

    private final Map<FailureKind, Long> failures = new HashMap<>();
    private final Map<CloseKind, CloseRecorder> closes = new HashMap<>();
    private final Map<Cohort, DeliveryCounter> deliveries = new EnumMap<>(Cohort.class);
    private final Map<Operation, OperationRecorder> operations = new EnumMap<>(Operation.class);
    private final DistributionRecorder connect = new DistributionRecorder();
    private final DistributionRecorder deliverIntended = new DistributionRecorder();
    private final DistributionRecorder deliverActual = new DistributionRecorder();
    private final DistributionRecorder loopDelay = new DistributionRecorder();
    private final DistributionRecorder lateSends = new DistributionRecorder();
    private long opened;

    public Meter() {
        for (Cohort cohort : Cohort.values()) {
            deliveries.put(cohort, new DeliveryCounter());
        }
    }

    /** A connection became ready. */
    public void opened(long connectMicros) {
        opened++;
        connect.record(connectMicros);
    }

    /** A connect failed. */
    public void failed(FailureKind kind) {
        boolean known = failures.size() < KINDS_MAX || failures.containsKey(kind);
        failures.merge(known ? kind : new FailureKind(OTHER, "", 0), 1L, Long::sum);
    }

    /** A connection ended unplanned. */
    public void closed(CloseKind kind, long ageMillis, long idleMillis, long epochMillis) {
        boolean known = closes.size() < KINDS_MAX || closes.containsKey(kind);
        CloseKind counted = known ? kind : new CloseKind(kind.by(), kind.how(), kind.code(), OTHER, kind.cohort());
        closes.computeIfAbsent(counted, ignored -> new CloseRecorder()).record(ageMillis, idleMillis, epochMillis);
    }

    /** The counter of one cohort. */
    public DeliveryCounter deliveries(Cohort cohort) {
        DeliveryCounter counter = deliveries.get(cohort);
        if (counter == null) {
            throw new IllegalStateException("cohort must have a counter: cohort=" + cohort);
        }
        return counter;
    }

    /** A measured message arrived at a normal reader. */
    public void arrived(long sinceIntendedMicros, long sinceActualMicros) {
        deliverIntended.record(sinceIntendedMicros);
        deliverActual.record(sinceActualMicros);
    }

    /** The recorder of one interface. */
    public OperationRecorder operation(Operation operation) {
        return operations.computeIfAbsent(operation, first -> new OperationRecorder());
    }

    /** The event loop ran a timer this late. */
    public void loopDelay(long micros) {
        loopDelay.record(micros);
    }

    /** A connect or message left this late against its intended time. */
    public void lateSend(long micros) {
        lateSends.record(micros);
    }

    /**
     * What came since the previous call.
     *
     * @param held connections that are up now
     */
    public Tally take(long held) {
        Map<CloseKind, Closes> closed = new HashMap<>();
        closes.forEach((kind, recorder) -> closed.put(kind, recorder.take()));
        Map<Cohort, DeliveryCounts> delivered = new EnumMap<>(Cohort.class);
        deliveries.forEach((cohort, counter) -> {
            DeliveryCounts counts = counter.take();
            if (!counts.equals(DeliveryCounts.NONE)) {
                delivered.put(cohort, counts);
            }
        });
        Map<Operation, OperationTally> carriedOut = new EnumMap<>(Operation.class);
        operations.forEach((operation, recorder) -> {
            OperationTally tally = recorder.take();
            if (!tally.equals(OperationTally.NONE)) {
                carriedOut.put(operation, tally);
            }
        });
        Tally taken = new Tally(
                opened,
                held,
                failures,
                closed,
                delivered,
                connect.take(),
                deliverIntended.take(),
                deliverActual.take(),
                new GeneratorTally(0, 0, loopDelay.take(), lateSends.take(), 0),
                carriedOut);
        opened = 0;
        failures.clear();
        closes.clear();
        return taken;
    }
}
