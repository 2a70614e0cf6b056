package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.traffic.TrafficPlan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Several agents used as one: plans are split, tallies added.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> its members'.
 */
public final class Ensemble implements Agent {
    private final List<Agent> members;

    /**
     * Joins agents.
     *
     * @param members at least one
     */
    public Ensemble(List<? extends Agent> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members must not be empty");
        }
        this.members = List.copyOf(members);
    }

    /** The first so many of them. */
    Ensemble first(int count) {
        return new Ensemble(members.subList(0, count));
    }

    @Override
    public Future<Void> open(ConnectPlan plan) {
        List<ConnectPlan> parts = split(plan, members.size());
        List<Future<Void>> opened = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            opened.add(members.get(i).open(parts.get(i)));
        }
        return Future.join(opened).mapEmpty();
    }

    /** The same plan in parts that add up to it, as equal as can be. */
    static List<ConnectPlan> split(ConnectPlan plan, int parts) {
        List<ConnectPlan> split = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int connections = TrafficPlan.share(plan.connections(), parts, i);
            double share = plan.connections() == 0 ? 0 : (double) connections / plan.connections();
            split.add(plan.withShare(
                    connections,
                    plan.ratePerSecond() * share,
                    Math.max(1, plan.inFlightMax() / parts),
                    plan.seed() + i));
        }
        return split;
    }

    @Override
    public Future<Void> read(ReadOrder order) {
        return each(member -> member.read(order));
    }

    @Override
    public Future<Void> leave(LeaveOrder order) {
        List<Future<Void>> left = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            left.add(members.get(i).leave(order.part(i, members.size())));
        }
        return Future.join(left).mapEmpty();
    }

    @Override
    public Future<Void> carryOut(TrafficPlan plan) {
        List<Future<Void>> done = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            done.add(members.get(i).carryOut(plan.part(i, members.size())));
        }
        return Future.join(done).mapEmpty();
    }

    @Override
    public Future<Tally> tally() {
        List<Future<Tally>> tallies = members.stream().map(Agent::tally).toList();
        return Future.join(tallies)
                .map(all -> tallies.stream().map(Future::result).reduce(Tally.EMPTY, Tally::plus));
    }

    @Override
    public Future<Void> settle(Map<String, Sent> sent, long waitMillis) {
        return each(member -> member.settle(sent, waitMillis));
    }

    @Override
    public Future<Void> close() {
        return each(Agent::close);
    }

    private Future<Void> each(Function<Agent, Future<Void>> order) {
        return Future.join(members.stream().map(order).toList()).mapEmpty();
    }
}
