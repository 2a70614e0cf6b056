package dev.weir.loadgen.outcome;

/**
 * A probe that could not be read; missing is never zero.
 *
 * @param hop where it would have been read
 * @param probe which probe
 * @param why the reason, e.g. {@code ss not found}
 */
public record Missing(String hop, String probe, String why) {}
