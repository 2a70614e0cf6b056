package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.traffic.TrafficPlan;
import io.vertx.core.Future;
import java.util.Map;

/**
 * A group of client connections. One agent may be many: an ensemble splits what it is told and adds up the answers.
 *
 * <p><b>Threading:</b> every method may be called from any thread. <b>Bounds:</b> one plan's connections.
 */
public interface Agent {
    /**
     * Opens connections as planned. May be called again, e.g. for later stages.
     *
     * @param plan what to open; an ensemble splits it
     * @return completes when each connection is ready or has failed; how many of which is in the next {@link #tally()}
     */
    Future<Void> open(ConnectPlan plan);

    /**
     * Changes how the first connections of a share read.
     *
     * @param order the mix from now on
     */
    Future<Void> read(ReadOrder order);

    /**
     * Lets connections be gone at once, without a close frame, and come back in the same rooms; neither counts as closed.
     *
     * @param order how many
     * @return completes when each is back or has failed
     */
    Future<Void> leave(LeaveOrder order);

    /**
     * Carries out traffic on the connections that are open, and with others that come and go.
     *
     * @param plan what to do when; an ensemble splits it. Publishes by the server API are not the agents'
     * @return completes when every operation is answered or given up; how each went is in the tallies
     */
    Future<Void> carryOut(TrafficPlan plan);

    /** What happened since the previous call; gauges are as of now. */
    Future<Tally> tally();

    /**
     * Counts what is still owed: each open connection compares what it has seen of a room with what was sent there.
     *
     * <p>Connections that do not read are not waited for.
     *
     * @param sent what was published since the run began, by room, as the publisher tells it
     * @param waitMillis how long stragglers may still arrive
     * @return completes when all has arrived or the wait is over; what is missing then is counted as lost in the next tally
     */
    Future<Void> settle(Map<String, Sent> sent, long waitMillis);

    /** Ends all connections as planned, which is not counted as closed, and frees everything. */
    Future<Void> close();
}
