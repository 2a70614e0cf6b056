package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.traffic.TrafficPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line to an agent in another process: one of {@link Agent}'s methods with its arguments.
 *
 * @param id answered by the same
 * @param order what to do
 * @param plan for {@link Order#OPEN}
 * @param read for {@link Order#READ}
 * @param leave for {@link Order#LEAVE}
 * @param traffic for {@link Order#TRAFFIC}
 * @param sent for {@link Order#SETTLE}
 * @param waitMillis for {@link Order#SETTLE}
 */
record AgentOrder(
        long id,
        Order order,
        @Nullable ConnectPlan plan,
        @Nullable ReadOrder read,
        @Nullable LeaveOrder leave,
        @Nullable TrafficPlan traffic,
        @Nullable Map<String, Sent> sent,
        long waitMillis) {
    /** What an agent can be told. */
    enum Order {
        OPEN,
        READ,
        LEAVE,
        TRAFFIC,
        TALLY,
        SETTLE,
        /** Each answer has the agent's time; this asks for nothing else. */
        TIME,
        CLOSE
    }

    static AgentOrder open(long id, ConnectPlan plan) {
        return new AgentOrder(id, Order.OPEN, plan, null, null, null, null, 0);
    }

    static AgentOrder read(long id, ReadOrder read) {
        return new AgentOrder(id, Order.READ, null, read, null, null, null, 0);
    }

    static AgentOrder leave(long id, LeaveOrder leave) {
        return new AgentOrder(id, Order.LEAVE, null, null, leave, null, null, 0);
    }

    static AgentOrder traffic(long id, TrafficPlan traffic) {
        return new AgentOrder(id, Order.TRAFFIC, null, null, null, traffic, null, 0);
    }

    static AgentOrder settle(long id, Map<String, Sent> sent, long waitMillis) {
        return new AgentOrder(id, Order.SETTLE, null, null, null, null, sent, waitMillis);
    }

    static AgentOrder plain(long id, Order order) {
        return new AgentOrder(id, order, null, null, null, null, null, 0);
    }
}
