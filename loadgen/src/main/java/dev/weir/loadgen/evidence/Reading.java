package dev.weir.loadgen.evidence;

/**
 * One figure at one moment.
 *
 * @param hop where it was read
 * @param probe name of the probe, as in {@link dev.weir.loadgen.outcome.Evidence#probe}
 * @param key the figure's own name
 * @param unit {@code 1}, {@code bytes}, {@code pages}, {@code ms} or {@code share}
 */
record Reading(String hop, String probe, String key, String unit, double value) {}
