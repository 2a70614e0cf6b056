package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Phase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * What agents lived through since they were last asked.
 *
 * <p><b>Threading:</b> immutable. <b>Bounds:</b> one entry for each way to fail or end; recorders bound how many there are.
 *
 * @param opened connections that became ready, reconnects included
 * @param held connections that are up now
 * @param failures failed connects by how
 * @param closes unplanned ends by how
 * @param deliveries by how the connection read
 * @param connectMicros from the start of the TCP connect to ready
 * @param deliverIntendedMicros from when a message was meant to be sent to its arrival at a normal reader
 * @param deliverActualMicros from when it was sent to its arrival at a normal reader
 * @param generator the generator's own state
 * @param operations by interface; empty without traffic
 */
public record Tally(
        long opened,
        long held,
        Map<FailureKind, Long> failures,
        Map<CloseKind, Closes> closes,
        Map<Cohort, DeliveryCounts> deliveries,
        Distribution connectMicros,
        Distribution deliverIntendedMicros,
        Distribution deliverActualMicros,
        GeneratorTally generator,
        Map<Operation, OperationTally> operations) {
    /** Of nothing: the identity of both additions. */
    public static final Tally EMPTY = new Tally(
            0,
            0,
            Map.of(),
            Map.of(),
            Map.of(),
            Distribution.EMPTY,
            Distribution.EMPTY,
            Distribution.EMPTY,
            GeneratorTally.NONE,
            Map.of());

    public Tally {
        failures = Map.copyOf(failures);
        closes = Map.copyOf(closes);
        deliveries = Map.copyOf(deliveries);
        operations = Map.copyOf(operations);
    }

    /** What two groups of agents saw in the same time. */
    public Tally plus(Tally other) {
        return joined(other, held + other.held, generator.plus(other.generator));
    }

    /** What many groups of agents saw in the same time: as {@link #plus} one by one, for the many loops of one agent. */
    public static Tally sum(List<Tally> parts) {
        Tally counts = parts.stream().map(Tally::withoutDistributions).reduce(EMPTY, Tally::plus);
        return new Tally(
                counts.opened,
                counts.held,
                counts.failures,
                counts.closes,
                counts.deliveries,
                Distribution.sum(parts.stream().map(Tally::connectMicros).toList()),
                Distribution.sum(
                        parts.stream().map(Tally::deliverIntendedMicros).toList()),
                Distribution.sum(parts.stream().map(Tally::deliverActualMicros).toList()),
                GeneratorTally.sum(parts.stream().map(Tally::generator).toList()),
                counts.operations);
    }

    private Tally withoutDistributions() {
        return new Tally(
                opened,
                held,
                failures,
                closes,
                deliveries,
                Distribution.EMPTY,
                Distribution.EMPTY,
                Distribution.EMPTY,
                GeneratorTally.NONE,
                operations);
    }

    /** What one group saw, and then saw later: the gauges are the later ones. */
    public Tally then(Tally later) {
        return joined(later, later.held, generator.then(later.generator));
    }

    private Tally joined(Tally other, long heldNow, GeneratorTally generators) {
        return new Tally(
                opened + other.opened,
                heldNow,
                merged(failures, other.failures, Long::sum),
                merged(closes, other.closes, Closes::plus),
                merged(deliveries, other.deliveries, DeliveryCounts::plus),
                connectMicros.plus(other.connectMicros),
                deliverIntendedMicros.plus(other.deliverIntendedMicros),
                deliverActualMicros.plus(other.deliverActualMicros),
                generators,
                merged(operations, other.operations, OperationTally::plus));
    }

    private static <K, V> Map<K, V> merged(Map<K, V> one, Map<K, V> other, BinaryOperator<V> sum) {
        if (other.isEmpty()) {
            return one;
        }
        Map<K, V> all = new HashMap<>(one);
        other.forEach((key, value) -> all.merge(key, value, sum));
        return all;
    }

    /** Failed connects, however. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Unplanned ends, however. */
    public long closed() {
        return closes.values().stream().mapToLong(Closes::count).sum();
    }

    /** Deliveries of connections that read in one way. */
    public DeliveryCounts deliveries(Cohort cohort) {
        return deliveries.getOrDefault(cohort, DeliveryCounts.NONE);
    }

    /** What became of the operations of one interface. */
    public OperationTally operation(Operation operation) {
        return operations.getOrDefault(operation, OperationTally.NONE);
    }

    /** Values beyond the range of any distribution here. */
    public long clamped() {
        long ofCloses = closes.values().stream()
                .mapToLong(closed ->
                        closed.ageMillis().clamped() + closed.idleMillis().clamped())
                .sum();
        return ofCloses
                + connectMicros.clamped()
                + deliverIntendedMicros.clamped()
                + deliverActualMicros.clamped()
                + generator.loopDelayMicros().clamped()
                + generator.lateSendsMicros().clamped()
                + operations.values().stream()
                        .mapToLong(OperationTally::clamped)
                        .sum();
    }

    /** The same with a generator state added, e.g. that of a publisher. */
    public Tally withGenerator(GeneratorTally more) {
        return plus(ofNothing(more, Map.of()));
    }

    /** The same with operations added that others than the agents carried out. */
    public Tally withOperation(Operation operation, OperationTally more) {
        return more.equals(OperationTally.NONE) ? this : plus(ofNothing(GeneratorTally.NONE, Map.of(operation, more)));
    }

    private static Tally ofNothing(GeneratorTally generator, Map<Operation, OperationTally> operations) {
        return new Tally(
                0,
                0,
                Map.of(),
                Map.of(),
                Map.of(),
                Distribution.EMPTY,
                Distribution.EMPTY,
                Distribution.EMPTY,
                generator,
                operations);
    }

    /**
     * The phase of a record that this tally is.
     *
     * @param span when it was
     * @param target how many connections were asked for
     * @param published what publishers did
     */
    public Phase toPhase(PhaseSpan span, long target, Published published) {
        DeliveryCounts slow = deliveries(Cohort.THROTTLED).plus(deliveries(Cohort.STALLED));
        return new Phase(
                span.name(),
                span.startMillis(),
                span.durationMillis(),
                new Connections(target, opened, held, toFailures(), toCloses(span.startEpochMillis())),
                toDeliveries(deliveries(Cohort.NORMAL), published.accepted()),
                toDeliveries(slow, published.accepted()),
                new Latencies(
                        connectMicros.percentiles(1_000),
                        deliverIntendedMicros.percentiles(1_000),
                        deliverActualMicros.percentiles(1_000),
                        published.answerMicros().percentiles(1_000)),
                generator.toLoad(clamped()));
    }

    private List<Failure> toFailures() {
        return failures.entrySet().stream()
                .map(entry -> new Failure(
                        entry.getKey().stage(),
                        entry.getKey().errno(),
                        entry.getKey().status(),
                        entry.getValue()))
                .sorted(Comparator.comparingLong(Failure::count).reversed().thenComparing(Failure::stage))
                .toList();
    }

    private List<Close> toCloses(long startEpochMillis) {
        return closes.entrySet().stream()
                .map(entry -> toClose(entry.getKey(), entry.getValue(), startEpochMillis))
                .sorted(Comparator.comparingLong(Close::count).reversed().thenComparing(Close::by))
                .toList();
    }

    private static Close toClose(CloseKind kind, Closes closes, long startEpochMillis) {
        return new Close(
                kind.by(),
                kind.how(),
                kind.code(),
                kind.reason(),
                closes.count(),
                kind.cohort().id(),
                closes.ageMillis().percentiles(1),
                closes.idleMillis().percentiles(1),
                closes.firstEpochMillis() - startEpochMillis,
                closes.lastEpochMillis() - startEpochMillis);
    }

    private static Deliveries toDeliveries(DeliveryCounts counts, long published) {
        return new Deliveries(
                published,
                counts.expected(),
                counts.delivered(),
                counts.lost(),
                counts.duplicated(),
                counts.reordered());
    }
}
