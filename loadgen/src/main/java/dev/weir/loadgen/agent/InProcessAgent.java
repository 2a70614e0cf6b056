package dev.weir.loadgen.agent;

import dev.weir.loadgen.client.ClientGroup;
import dev.weir.loadgen.client.Dial;
import dev.weir.loadgen.client.Endpoint;
import dev.weir.loadgen.client.ParkingLoops;
import dev.weir.loadgen.client.ReadShare;
import dev.weir.loadgen.client.ReconnectDelay;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.pace.ArrivalSchedule;
import dev.weir.loadgen.pace.AtOnce;
import dev.weir.loadgen.pace.ConstantRate;
import dev.weir.loadgen.pace.Jittered;
import dev.weir.loadgen.traffic.TrafficPlan;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent whose connections live in this process, on event loops of their own.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one plan's connections at a time, as many plans as are opened.
 */
public final class InProcessAgent implements Agent {
    private static final double JITTER_SHARE = 1;

    private final ClientGroup group;
    private final CpuMeter cpu = new CpuMeter();
    private @Nullable Future<Void> closed;

    /**
     * Starts loops without connections.
     *
     * @param loops its event loops
     * @param preferNative epoll where it can be had; source addresses and descriptor tables need it
     * @param seed what the randomness of connections comes from
     */
    public InProcessAgent(LoopShape loops, boolean preferNative, long seed) {
        this(loops, preferNative, seed, 0);
    }

    /**
     * Starts loops without connections, for a publisher on another host.
     *
     * @param loops its event loops
     * @param preferNative epoll where it can be had; source addresses and descriptor tables need it
     * @param seed what the randomness of connections comes from
     * @param aheadNanos how far this host's clock is ahead of the publisher's
     */
    InProcessAgent(LoopShape loops, boolean preferNative, long seed, long aheadNanos) {
        group = new ClientGroup(new ParkingLoops(loops.count(), preferNative, loops.ownTables()), seed, aheadNanos);
    }

    @Override
    public Future<Void> open(ConnectPlan plan) {
        try {
            return group.open(dial(plan));
        } catch (UnknownHostException | IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
    }

    /** How a plan's connections are made. */
    static Dial dial(ConnectPlan plan) throws UnknownHostException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (URI target : plan.targets()) {
            endpoints.add(Endpoint.resolve(target, plan.headers(), plan.trust()));
        }
        List<InetSocketAddress> sources = plan.sourceAddresses().stream()
                .map(address -> new InetSocketAddress(address, 0))
                .toList();
        return new Dial(
                endpoints,
                sources,
                plan.binding() == ConnectPlan.Binding.AT_CONNECT,
                schedule(plan),
                plan.connections(),
                plan.inFlightMax(),
                plan.protocol() == ConnectPlan.Protocol.CENTRIFUGO,
                plan.rooms(),
                plan.everyone(),
                plan.heartbeat(),
                plan.connectTimeout().toNanos(),
                ReconnectDelay.valueOf(plan.reconnect().name()),
                plan.nextHop(),
                plan.seed(),
                false);
    }

    private static ArrivalSchedule schedule(ConnectPlan plan) {
        return plan.ratePerSecond() == 0
                ? new AtOnce()
                : new Jittered(new ConstantRate(plan.ratePerSecond()), JITTER_SHARE, plan.seed());
    }

    @Override
    public Future<Void> read(ReadOrder order) {
        return group.size().compose(size -> {
            int stalledTo = (int) Math.round(order.stalledShare() * size);
            int throttledTo = stalledTo + (int) Math.round(order.throttledShare() * size);
            return group.read(new ReadShare(stalledTo, throttledTo, order.throttledBytesPerSecond()));
        });
    }

    @Override
    public Future<Void> leave(LeaveOrder order) {
        return group.leave(order.connections(), order.awayMillis(), order.inFlightMax());
    }

    @Override
    public Future<Void> carryOut(TrafficPlan plan) {
        return group.carryOut(plan);
    }

    @Override
    public Future<Tally> tally() {
        return group.tally().map(tally -> tally.withGenerator(cpu.take(System.nanoTime())));
    }

    @Override
    public Future<Void> settle(Map<String, Sent> sent, long waitMillis) {
        return group.settle(sent, waitMillis);
    }

    /** Again, it is the same end: the loops that would end the connections are gone by then. */
    @Override
    public synchronized Future<Void> close() {
        Future<Void> end = closed;
        if (end == null) {
            end = group.close().onComplete(ended -> cpu.close());
            closed = end;
        }
        return end;
    }
}
