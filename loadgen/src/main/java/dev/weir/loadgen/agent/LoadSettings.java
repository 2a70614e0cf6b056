package dev.weir.loadgen.agent;

import dev.weir.loadgen.pace.Stages;
import java.time.Duration;
import java.util.List;

/**
 * A plain load.
 *
 * @param plan the connections in all; its rate holds when there are no stages
 * @param stages how many are open when; empty ramps at the plan's rate
 * @param hold how long after the ramp
 * @param read how which share of them reads
 * @param publishPerSecond messages over all rooms while they are held; 0 for none
 * @param payloadBytes of each message
 */
public record LoadSettings(
        ConnectPlan plan,
        List<Stages.Stage> stages,
        Duration hold,
        ReadOrder read,
        double publishPerSecond,
        int payloadBytes) {
    public LoadSettings {
        stages = List.copyOf(stages);
    }
}
