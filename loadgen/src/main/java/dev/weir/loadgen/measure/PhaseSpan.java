package dev.weir.loadgen.measure;

/**
 * When a phase was.
 *
 * @param name e.g. {@code ramp}
 * @param startMillis since the start of the run
 * @param durationMillis how long it took
 * @param startEpochMillis the same start on the wall clock; times of closes are counted from it
 */
public record PhaseSpan(String name, long startMillis, long durationMillis, long startEpochMillis) {}
