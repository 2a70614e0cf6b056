package dev.weir.loadgen.outcome;

/**
 * One limit that a load passes, as it was reckoned before the load began.
 *
 * @param resource the cause that a diagnosis would name
 * @param hop where
 * @param unit of {@code needed} and {@code allowed}
 * @param needed by the load
 * @param allowed by the host or a setting
 * @param fits the most connections that this limit lets through
 * @param says the arithmetic in one sentence
 */
public record Forecast(Resource resource, String hop, String unit, long needed, long allowed, long fits, String says) {}
