package dev.weir.loadgen.run;

import dev.weir.loadgen.agent.AgentShape;
import dev.weir.loadgen.agent.Agents;
import dev.weir.loadgen.agent.ConnectPlan;
import dev.weir.loadgen.agent.LeaveOrder;
import dev.weir.loadgen.agent.ReadOrder;
import dev.weir.loadgen.client.TlsTrust;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Published;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.pace.ConstantRate;
import dev.weir.loadgen.publish.ApiOutlet;
import dev.weir.loadgen.publish.HealthCalls;
import dev.weir.loadgen.publish.PublishPlan;
import dev.weir.loadgen.publish.PublishTally;
import dev.weir.loadgen.publish.Publisher;
import dev.weir.loadgen.scenario.Crew;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Step;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.loadgen.traffic.TrafficPlan;
import dev.weir.loadgen.wire.Rooms;
import dev.weir.proxy.capacity.HostLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * The agents and the publisher of one run.
 *
 * <p><b>Threading:</b> any thread. Closing it ends all connections; agents that cannot end any more are told to the user, since what they did
 * before is still a record.
 */
final class LoadSession implements AutoCloseable {
    private static final int HANDSHAKES_IN_FLIGHT = 256;
    /** With fewer on each of many loops, which rest between looks, the processors would rest too. */
    private static final int HANDSHAKES_PER_LOOP = 64;
    /** Who comes back does so beside connections that are to keep their latency: no more are under way than keep the processors busy. */
    private static final int RETURNS_PER_LOOP = 8;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final long CLOSE_SECONDS = 10;
    /** Several virtual machines that start at once on a busy machine. */
    private static final Duration START_MAX = Duration.ofSeconds(60);

    /** Traffic begins so much later than it is ordered, so that all agents have the order by then. */
    private static final Duration START_LEAD = Duration.ofMillis(100);

    private final Plan plan;
    private final RunningChain chain;
    private final long seed;
    private final Progress progress;
    private final Agents all;
    private volatile Agents agents;
    private final int inFlightMax;
    private final int returnsMax;
    private final Vertx vertx;
    private final Publisher publisher;
    private final HealthCalls health;

    private LoadSession(Plan plan, RunningChain chain, HostLimits limits, long seed, Progress progress) {
        this.progress = progress;
        this.plan = plan;
        this.chain = chain;
        this.seed = seed;
        List<String> prefix = chain.agentsPrefix();
        AgentShape shape = shape(plan, limits, !prefix.isEmpty());
        this.all = switch (plan.chain().surroundings().crew()) {
            case Crew.Loops loops -> Agents.start(shape, seed, prefix, loops.heapBytes());
            case Crew.Threads threads -> Agents.startThreads(threads.heapBytes(), threads.stackBytes(), prefix);
        };
        this.inFlightMax = Math.max(HANDSHAKES_IN_FLIGHT, shape.loops().count() * HANDSHAKES_PER_LOOP);
        this.returnsMax = Math.max(HANDSHAKES_IN_FLIGHT, shape.loops().count() * RETURNS_PER_LOOP);
        this.agents = all;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        this.publisher = new Publisher(vertx, new ApiOutlet(vertx, chain.apiBases(), chain.apiKey()));
        this.health = new HealthCalls(vertx, chain.apiBases().getFirst());
    }

    /** Agents and a publisher without connections. */
    static LoadSession start(Plan plan, RunningChain chain, HostLimits limits, long seed, Progress progress) {
        LoadSession session = new LoadSession(plan, chain, limits, seed, progress);
        try {
            session.awaitAgents();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Until every child's virtual machine is up: what it takes to start is not what connections take. */
    private void awaitAgents() {
        try {
            Await.value(observe(), START_MAX);
        } catch (InterruptedException e) {
            // Whoever carries out the steps comes across it.
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            throw LabException.environment(
                    "the agents must answer within " + START_MAX.toSeconds() + " s; is this machine too busy?", e);
        }
    }

    private static AgentShape shape(Plan plan, HostLimits limits, boolean confined) {
        int connections = plan.chain().connections();
        if (plan.chain().surroundings().crew() instanceof Crew.Loops loops && loops.processes() > 0) {
            return AgentShape.asked(connections, loops.processes(), limits.cores());
        }
        AgentShape shape = AgentShape.of(connections, limits);
        return confined ? shape.inChildren() : shape;
    }

    /** The process whose sockets the connections are; the first where there are several. */
    long pid() {
        return all.pids().getFirst();
    }

    /**
     * From here on the first so many agents are all that there are: the others hold their connections until they end, and are asked no more.
     *
     * @param processes that stay
     */
    void spare(int processes) {
        agents = all.first(processes);
    }

    /** Ends the agents that were not spared as the kernel ends what is killed: all their sockets are closed at once. */
    void endOthers() {
        all.pids().stream()
                .filter(pid -> !agents.pids().contains(pid))
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Opens connections beside those that are there. */
    Future<Void> open(Step.Ramp ramp) {
        return agents.agent()
                .open(new ConnectPlan(
                        chain.targets(),
                        plan.opens(ramp),
                        ramp.ratePerSecond(),
                        inFlightMax,
                        ConnectPlan.Protocol.CENTRIFUGO,
                        plan.rooms(),
                        plan.everyone(),
                        plan.heartbeat(),
                        plan.isLarge() ? Plan.CONNECT_TIMEOUT_LARGE : CONNECT_TIMEOUT,
                        chain.wires().agentSources(),
                        binding(),
                        plan.soak().isPresent() ? ConnectPlan.Reconnect.BACKOFF : ConnectPlan.Reconnect.NONE,
                        List.of(),
                        chain.hops().getFirst().name(),
                        seed,
                        trust()));
    }

    private ConnectPlan.Binding binding() {
        return plan.chain().surroundings().crew() instanceof Crew.Loops loops && loops.bindsEarly()
                ? ConnectPlan.Binding.AT_BIND
                : ConnectPlan.Binding.AT_CONNECT;
    }

    /** The edge's own certificate and no other. */
    private TlsTrust trust() {
        return chain.certificate()
                .map(file -> new TlsTrust(file.toString(), false))
                .orElse(TlsTrust.JDK);
    }

    Future<Void> read(ReadOrder order) {
        return agents.agent().read(order);
    }

    /** What agents and publisher did since they were last asked. */
    Future<Observed> observe() {
        return agents.agent().tally().map(tally -> {
            PublishTally published = publisher.tally();
            return new Observed(
                    tally.withGenerator(published.generator())
                            .withOperation(Operation.API, published.operation())
                            .withOperation(Operation.HEALTH, health.tally()),
                    new Published(published.accepted(), published.answerMicros()));
        });
    }

    /**
     * What happened since the last look.
     *
     * @param tally of the agents, with the publisher's lateness and its part of traffic
     * @param published what the publisher did
     */
    record Observed(Tally tally, Published published) {}

    /**
     * Sends messages into a room.
     *
     * @param ratePerSecond above 0
     * @return completes when all are answered
     */
    Future<Void> publish(String room, int messages, int payloadBytes, double ratePerSecond) {
        return publisher.publish(
                new PublishPlan(List.of(room), new ConstantRate(ratePerSecond), messages, payloadBytes));
    }

    /**
     * Lets connections be gone at once and come back.
     *
     * @param away how long none of them tries to
     * @return completes when each is back or has failed
     */
    Future<Void> leave(int connections, Duration away) {
        return agents.agent().leave(new LeaveOrder(connections, away.toMillis(), returnsMax));
    }

    /** Carries out a mix; completes when every operation is answered or given up. */
    Future<Void> carryOut(Step.Traffic step) {
        TrafficPlan traffic = new TrafficPlan(
                step.mix(),
                System.nanoTime() + START_LEAD.toNanos(),
                step.duration().toNanos(),
                plan.connections(),
                plan.rooms(),
                1,
                step.payloadBytes(),
                seed);
        return Future.join(agents.agent().carryOut(traffic), publish(step), askForHealth(step))
                .mapEmpty();
    }

    private Future<Void> askForHealth(Step.Traffic step) {
        double rate = step.mix().rate(Operation.HEALTH);
        long calls = Math.round(rate * step.duration().toNanos() / 1e9);
        return calls == 0 ? Future.succeededFuture() : health.ask(rate, calls);
    }

    /** The part of a mix that goes through the server API; what could not leave in time is left out. */
    private Future<Void> publish(Step.Traffic step) {
        double rate = step.mix().rate(Operation.API);
        long messages = Math.round(rate * step.duration().toNanos() / 1e9);
        if (messages == 0) {
            return Future.succeededFuture();
        }
        List<String> rooms =
                IntStream.range(0, plan.rooms()).mapToObj(Rooms::name).toList();
        Future<Void> published =
                publisher.publish(new PublishPlan(rooms, new ConstantRate(rate), messages, step.payloadBytes()));
        long timer = vertx.setTimer(step.duration().plus(START_LEAD).toMillis(), over -> publisher.stop());
        return published.onComplete(done -> vertx.cancelTimer(timer));
    }

    /** Ends a broadcast that is under way. */
    void stop() {
        publisher.stop();
    }

    /** Whether a message has been sent. */
    boolean hasPublished() {
        return !publisher.sent().isEmpty();
    }

    /** Waits for what is owed; what is missing then is lost. */
    Future<Void> settle(Duration wait) {
        return agents.agent().settle(publisher.sent(), wait.toMillis());
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            publisher
                    .close()
                    .eventually(health::close)
                    .eventually(all.agent()::close)
                    .eventually(vertx::close)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (java.util.concurrent.ExecutionException e) {
            progress.say("the agents did not close in order: " + e.getCause());
        } catch (TimeoutException e) {
            endChildren();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A million goodbyes take longer than anybody wants to wait; the kernel closes what a process leaves. */
    private void endChildren() {
        List<ProcessHandle> children = all.pids().stream()
                .filter(pid -> pid != ProcessHandle.current().pid())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
        if (children.isEmpty()) {
            progress.say("the agents did not close within " + CLOSE_SECONDS + " s");
        }
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit()
                .completeOnTimeout(child, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join());
    }
}
