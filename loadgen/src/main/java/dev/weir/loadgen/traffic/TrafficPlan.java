package dev.weir.loadgen.traffic;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.pace.ArrivalSchedule;
import dev.weir.loadgen.pace.ConstantRate;
import dev.weir.loadgen.pace.Jittered;

/**
 * Traffic to be carried out by the agents that hold the connections.
 *
 * @param mix rates of all agents that carry it out
 * @param startNanos when it begins, {@code System.nanoTime} of the host that all agents share
 * @param durationNanos for how long operations become due
 * @param connections held by all agents
 * @param rooms each of them is in one of so many rooms in turn, at least 1
 * @param agents how many share the held connections
 * @param payloadBytes of each message of a client
 * @param seed what the randomness of arrivals comes from
 */
public record TrafficPlan(
        Mix mix,
        long startNanos,
        long durationNanos,
        int connections,
        int rooms,
        int agents,
        int payloadBytes,
        long seed) {
    private static final double JITTER_SHARE = 1;

    public TrafficPlan {
        if (rooms < 1 || agents < 1 || durationNanos < 1) {
            throw new IllegalArgumentException("rooms, agents and durationNanos must be >= 1: rooms=" + rooms
                    + " agents=" + agents + " durationNanos=" + durationNanos);
        }
    }

    /** When the operations of an interface are due since the start; the interface must have a rate. */
    public ArrivalSchedule schedule(Operation operation) {
        return new Jittered(
                new ConstantRate(mix.rate(operation)),
                JITTER_SHARE,
                seed + operation.id().hashCode());
    }

    /** How many connections of all agents are in a room. */
    public long members(int room) {
        long members = 0;
        for (int agent = 0; agent < agents; agent++) {
            int held = share(connections, agents, agent);
            members += held / rooms + (room < held % rooms ? 1 : 0);
        }
        return members;
    }

    /** What one of several agents gets of a number; the shares add up to it and differ by one at most. */
    public static int share(int count, int agents, int agent) {
        return count / agents + (agent < count % agents ? 1 : 0);
    }

    /** What one of several agents has to carry out of it. */
    public TrafficPlan part(int agent, int of) {
        return new TrafficPlan(
                mix.times(1.0 / of), startNanos, durationNanos, connections, rooms, of, payloadBytes, seed + agent);
    }
}
