package dev.weir.loadgen.outcome;

/**
 * What one hop spent in one phase, all processes of the hop together.
 *
 * @param hop {@code agents} or the name of the hop
 * @param cpuSeconds user and system time
 * @param cpuShare of one processor while the operations were carried out; 2 is two processors
 * @param rssBytes resident memory at the end
 * @param rssRiseBytes how much of it came in this phase; negative when it shrank
 */
public record HopCost(String hop, double cpuSeconds, double cpuShare, long rssBytes, long rssRiseBytes) {}
