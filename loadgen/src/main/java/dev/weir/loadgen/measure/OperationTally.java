package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.InterfaceLoad;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What became of the operations of one interface.
 *
 * <p><b>Threading:</b> immutable. <b>Bounds:</b> one entry a second and one for each way to fail.
 *
 * @param asked operations that became due
 * @param sent operations that left; fewer than asked when too many were unanswered
 * @param answered answers that count as served
 * @param unavailable answers among these that said that the server has no such thing (error 108)
 * @param failed operations that failed, by how
 * @param answeredInSecond answers by the second of the load in which they came, from 0
 * @param owed deliveries that accepted messages must cause on held connections
 * @param caused deliveries that came there
 * @param intendedMicros from when an operation was due to its answer
 * @param actualMicros from when it left to its answer
 */
public record OperationTally(
        long asked,
        long sent,
        long answered,
        long unavailable,
        Map<String, Long> failed,
        Map<Integer, Long> answeredInSecond,
        long owed,
        long caused,
        Distribution intendedMicros,
        Distribution actualMicros) {
    /** Of nothing: the identity of the addition. */
    public static final OperationTally NONE =
            new OperationTally(0, 0, 0, 0, Map.of(), Map.of(), 0, 0, Distribution.EMPTY, Distribution.EMPTY);

    public OperationTally {
        failed = Map.copyOf(failed);
        answeredInSecond = Map.copyOf(answeredInSecond);
    }

    /** Both together, whether of two agents or of two times. */
    public OperationTally plus(OperationTally other) {
        return new OperationTally(
                asked + other.asked,
                sent + other.sent,
                answered + other.answered,
                unavailable + other.unavailable,
                merged(failed, other.failed),
                merged(answeredInSecond, other.answeredInSecond),
                owed + other.owed,
                caused + other.caused,
                intendedMicros.plus(other.intendedMicros),
                actualMicros.plus(other.actualMicros));
    }

    private static <K> Map<K, Long> merged(Map<K, Long> one, Map<K, Long> other) {
        Map<K, Long> all = new HashMap<>(one);
        other.forEach((key, count) -> all.merge(key, count, Long::sum));
        return all;
    }

    /**
     * The figures of a record.
     *
     * @param askedPerSecond the rate that was asked for
     * @param firstSecond the first second that the rate is taken over: what follows another operation starts later than that
     * @param endSecond the second after the last one, greater than {@code firstSecond}
     */
    InterfaceLoad toLoad(Operation operation, double askedPerSecond, int firstSecond, int endSecond) {
        long[] perSecond = IntStream.range(firstSecond, endSecond)
                .mapToLong(second -> answeredInSecond.getOrDefault(second, 0L))
                .sorted()
                .toArray();
        double median = Median.of(Arrays.stream(perSecond).asDoubleStream().toArray());
        double mean = (double) Arrays.stream(perSecond).sum() / perSecond.length;
        List<InterfaceLoad.HowMany> ways = new TreeMap<>(failed)
                .entrySet().stream()
                        .map(way -> new InterfaceLoad.HowMany(way.getKey(), way.getValue()))
                        .toList();
        return new InterfaceLoad(
                operation.id(),
                askedPerSecond,
                new InterfaceLoad.Rate(mean, perSecond[0], median, perSecond[perSecond.length - 1]),
                asked,
                sent,
                answered,
                unavailable,
                ways,
                new InterfaceLoad.Latency(intendedMicros.percentiles(1_000), actualMicros.percentiles(1_000)),
                new InterfaceLoad.Caused(owed, caused));
    }

    /** The same, owed what came and what was found to be lost. */
    OperationTally owing(long lost) {
        return new OperationTally(
                asked,
                sent,
                answered,
                unavailable,
                failed,
                answeredInSecond,
                caused + lost,
                caused,
                intendedMicros,
                actualMicros);
    }

    /** Values beyond the range of a distribution here. */
    long clamped() {
        return intendedMicros.clamped() + actualMicros.clamped();
    }
}
