package dev.weir.loadgen.outcome;

/**
 * What the load generator did to itself in one phase.
 *
 * @param cpuShare CPU time of all agents over what they may use, 0 to 1
 * @param loopDelayMillisP99 how late the event loops of the agents ran
 * @param loopDelayMillisMax the longest of these; 0 in records that were written before it was kept
 * @param lateSendsMillisP99 how late messages and connects left against their intended time
 * @param clamped values beyond a histogram's range
 * @param lostAgents agents that died in this phase
 */
public record GeneratorLoad(
        double cpuShare,
        double loopDelayMillisP99,
        double loopDelayMillisMax,
        double lateSendsMillisP99,
        long clamped,
        int lostAgents) {
    /** With loops that were never later than at the 99th percentile. */
    public GeneratorLoad(
            double cpuShare, double loopDelayMillisP99, double lateSendsMillisP99, long clamped, int lostAgents) {
        this(cpuShare, loopDelayMillisP99, loopDelayMillisP99, lateSendsMillisP99, clamped, lostAgents);
    }
}
