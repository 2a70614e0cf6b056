package dev.weir.loadgen.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Heap and collector of a gateway from its metrics, whoever wrote them: Weir's own names, Micrometer's for a JVM, the Go runtime's.
 *
 * <p><b>Source:</b> Micrometer's JvmMemoryMetrics and JvmGcMetrics, client_golang's Go collector. What is used includes garbage.
 */
final class GatewayHeap {
    private GatewayHeap() {}

    /** {@code heap.used}, {@code heap.max}, {@code heap.share} and {@code gc.pause}; what the page lacks is left out. */
    static List<Reading> readings(String hop, String probe, List<PrometheusText.Sample> samples) {
        List<Reading> readings = new ArrayList<>();
        OptionalDouble used = first(
                named(samples, "heap_used_bytes"),
                heapPools(samples, "jvm_memory_used_bytes"),
                named(samples, "go_memstats_heap_inuse_bytes"));
        OptionalDouble max = first(named(samples, "heap_max_bytes"), heapPools(samples, "jvm_memory_max_bytes"));
        used.ifPresent(bytes -> readings.add(new Reading(hop, probe, "heap.used", "bytes", bytes)));
        max.ifPresent(bytes -> readings.add(new Reading(hop, probe, "heap.max", "bytes", bytes)));
        if (used.isPresent() && max.isPresent() && max.getAsDouble() > 0) {
            readings.add(new Reading(hop, probe, "heap.share", "share", used.getAsDouble() / max.getAsDouble()));
        }
        first(named(samples, "jvm_gc_pause_seconds_sum"), named(samples, "go_gc_duration_seconds_sum"))
                .ifPresent(seconds -> readings.add(new Reading(hop, probe, "gc.pause", "ms", seconds * 1_000)));
        return readings;
    }

    private static OptionalDouble first(OptionalDouble... candidates) {
        for (OptionalDouble candidate : candidates) {
            if (candidate.isPresent()) {
                return candidate;
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble named(List<PrometheusText.Sample> samples, String name) {
        return sum(samples.stream()
                .filter(sample -> sample.plainName().equals(name))
                .toList());
    }

    /** Pools of the heap added up; one without a ceiling says -1 and is left out. */
    private static OptionalDouble heapPools(List<PrometheusText.Sample> samples, String name) {
        return sum(samples.stream()
                .filter(sample -> sample.plainName().equals(name))
                .filter(sample -> sample.labels().entrySet().contains(Map.entry("area", "heap")))
                .filter(sample -> sample.value() >= 0)
                .toList());
    }

    private static OptionalDouble sum(List<PrometheusText.Sample> samples) {
        return samples.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(samples.stream()
                        .mapToDouble(PrometheusText.Sample::value)
                        .sum());
    }
}
