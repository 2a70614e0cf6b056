package dev.weir.loadgen.run;

import dev.weir.loadgen.agent.Agent;
import dev.weir.loadgen.agent.Agents;
import dev.weir.loadgen.agent.ConnectPlan;
import dev.weir.loadgen.agent.Preflight;
import dev.weir.loadgen.agent.ReadOrder;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.pace.ConstantRate;
import dev.weir.loadgen.publish.ApiOutlet;
import dev.weir.loadgen.publish.PublishPlan;
import dev.weir.loadgen.publish.PublishTally;
import dev.weir.loadgen.publish.Publisher;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Step;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.proxy.capacity.HostLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The agents and the publisher of one run.
 *
 * <p><b>Threading:</b> any thread. Closing it ends all connections; agents that cannot end any more are told to the user, since what they did
 * before is still a record.
 */
final class LoadSession implements AutoCloseable {
    private static final int HANDSHAKES_IN_FLIGHT = 256;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long CLOSE_SECONDS = 15;

    private final Plan plan;
    private final RunningChain chain;
    private final long seed;
    private final Progress progress;
    private final Agent agent;
    private final Vertx vertx;
    private final Publisher publisher;

    private LoadSession(Plan plan, RunningChain chain, HostLimits limits, long seed, Progress progress) {
        this.progress = progress;
        this.plan = plan;
        this.chain = chain;
        this.seed = seed;
        this.agent = Agents.start(agentProcesses(plan.connections(), limits), seed);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        this.publisher = new Publisher(vertx, new ApiOutlet(vertx, chain.apiBases(), chain.apiKey()));
    }

    /** Agents and a publisher without connections. */
    static LoadSession start(Plan plan, RunningChain chain, HostLimits limits, long seed, Progress progress) {
        return new LoadSession(plan, chain, limits, seed, progress);
    }

    /** Child processes that the connections need beside this one's descriptors; 0 when this process can hold them all. */
    private static int agentProcesses(int connections, HostLimits limits) {
        int each = limits.descriptors() - Preflight.DESCRIPTORS_SPARE;
        return connections <= each ? 0 : Math.ceilDiv(connections, each);
    }

    /** The process whose sockets the connections are. */
    long pid() {
        return ProcessHandle.current().pid();
    }

    Future<Void> open(double ratePerSecond) {
        return agent.open(new ConnectPlan(
                chain.targets(),
                plan.connections(),
                ratePerSecond,
                HANDSHAKES_IN_FLIGHT,
                ConnectPlan.Protocol.CENTRIFUGO,
                plan.rooms(),
                plan.everyone(),
                plan.heartbeat(),
                CONNECT_TIMEOUT,
                chain.wires().agentSources(),
                ConnectPlan.Reconnect.NONE,
                List.of(),
                chain.hops().getFirst().name(),
                seed));
    }

    Future<Void> read(ReadOrder order) {
        return agent.read(order);
    }

    /** What agents and publisher did since they were last asked. */
    Future<Observed> observe() {
        return agent.tally().map(tally -> {
            PublishTally published = publisher.tally();
            return new Observed(tally.withGenerator(published.generator()), published.accepted());
        });
    }

    /**
     * What happened since the last look.
     *
     * @param tally of the agents, with the publisher's lateness
     * @param accepted messages that a gateway took
     */
    record Observed(Tally tally, long accepted) {}

    /** Sends the messages of a step; completes when all are answered. */
    Future<Void> publish(Step.Broadcast broadcast) {
        return publisher.publish(new PublishPlan(
                List.of(broadcast.room()),
                new ConstantRate(broadcast.ratePerSecond()),
                broadcast.messages(),
                broadcast.payloadBytes()));
    }

    /** Ends a broadcast that is under way. */
    void stop() {
        publisher.stop();
    }

    /** Waits for what is owed; what is missing then is lost. */
    Future<Void> settle(Duration wait) {
        return agent.settle(publisher.sent(), wait.toMillis());
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            publisher
                    .close()
                    .eventually(agent::close)
                    .eventually(vertx::close)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            progress.say("the agents did not close within " + CLOSE_SECONDS + " s: " + e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
