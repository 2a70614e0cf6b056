package dev.weir.loadgen.evidence;

/**
 * Something that happened at one moment of a run.
 *
 * @param atMillis since the collector started
 * @param hop where
 * @param what e.g. {@code worker 6125 is gone}, or the name of a phase
 */
public record TimelineNote(long atMillis, String hop, String what) {}
