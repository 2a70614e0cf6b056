package dev.weir.gateway.server;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.protocol.Disconnect;
import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.room.Room;
import dev.weir.gateway.session.AnonymousAccess;
import dev.weir.gateway.session.Authorizer;
import dev.weir.gateway.session.SessionState;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parked connections of this process: a Vert.x instance of their own, whose event loops carry the sockets.
 *
 * <p>No Vert.x server is bound on that instance: those accept on one loop and hand over to another, and here a socket is opened,
 * used and closed on one thread.
 *
 * <p><b>Threading:</b> every method may be called from any thread.
 *
 * <p><b>Bounds:</b> connections as configured; see {@link ConnectionGate} and {@link Publisher}.
 *
 * <p><b>Example:</b> {@code ParkedHub.start(vertx, config, "0.1.0").onSuccess(hub -> log.info("listening on {}", hub.ports()))}
 */
public final class ParkedHub implements Hub {
    private final Vertx control;
    private final Vertx parking;
    private final GatewayConfig config;
    private final List<ParkingLoop> loops;
    private final Listeners listeners;
    private final Publisher publisher;
    private final ChannelDirectory directory;
    private final List<Integer> ports;
    private final SocketFamily family;
    /** Gives up what was kept for the loops, once all have ended. */
    private final Runnable release;

    private ParkedHub(
            Vertx control,
            Vertx parking,
            HubSettings settings,
            SocketFamily family,
            Wiring wiring,
            Runnable release,
            List<Integer> ports) {
        this.control = control;
        this.parking = parking;
        this.config = settings.config();
        this.loops = wiring.loops();
        this.listeners = wiring.listeners();
        this.publisher = wiring.publisher();
        this.directory = wiring.directory();
        this.ports = List.copyOf(ports);
        this.family = family;
        this.release = release;
    }

    private record Wiring(
            List<ParkingLoop> loops, Listeners listeners, Publisher publisher, ChannelDirectory directory) {}

    /**
     * Opens the ports of a configuration, with the access that it states.
     *
     * @param control the instance on which results are delivered; it stays the caller's
     * @param config validated; {@code limits.connectionsMax} should be resolved, and is 1,000,000 when empty
     * @param version version told to clients
     * @return fails when a port is taken
     */
    public static Future<ParkedHub> start(Vertx control, GatewayConfig config, String version) {
        return start(
                control, config, version, new AnonymousAccess(config.access().insecure()));
    }

    /**
     * Opens the ports of a configuration, with other rules of access.
     *
     * @param control the instance on which results are delivered; it stays the caller's
     * @param config validated
     * @param version version told to clients
     * @param authorizer who may connect, subscribe and publish
     * @return fails when a port is taken
     */
    public static Future<ParkedHub> start(Vertx control, GatewayConfig config, String version, Authorizer authorizer) {
        HubSettings settings = HubSettings.of(config, authorizer, version);
        SocketFamily family = SocketFamily.of(config.loops().transport());
        int count = config.loops().count() > 0
                ? config.loops().count()
                : Runtime.getRuntime().availableProcessors();
        Vertx parking = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(count).setWorkerPoolSize(1))
                .withTransport(family.transport(
                        config.loops().ownTables(), config.loops().cleanupSlice()))
                .build();
        Wiring wiring = wire((VertxInternal) parking, count, settings, family);
        Runnable release = config.loops().ownTables() ? prepareSplit(control) : () -> {};
        return control.executeBlocking(
                        () -> begin(wiring.loops(), config.loops().ownTables()))
                .compose(Function.identity())
                .compose(_ -> control.executeBlocking(() -> wiring.listeners().open()))
                .compose(Function.identity())
                .map(ports -> new ParkedHub(control, parking, settings, family, wiring, release, ports))
                .recover(failure -> parking.close()
                        .onComplete(_ -> release.run())
                        .transform(_ -> Future.<ParkedHub>failedFuture(failure)));
    }

    /**
     * Opens and starts, from a thread that shares its table, what loops that have split must not. A control loop begins with its first task: were that an
     * answer from a parking loop, it would have that loop's table for life, and nobody else could wake it.
     *
     * @return gives up what is kept for the loops
     */
    private static Runnable prepareSplit(Vertx control) {
        DescriptorTable.prepare();
        for (EventExecutor loop : ((VertxInternal) control).nettyEventLoopGroup()) {
            loop.execute(() -> {});
        }
        return DescriptorTable.keepHelper();
    }

    /**
     * Why a transport cannot be had here; asked before a start, which would throw.
     *
     * @param wanted the configured one
     */
    public static Optional<String> missing(GatewayConfig.Transport wanted) {
        return SocketFamily.missing(wanted);
    }

    /**
     * Why loops cannot have descriptor tables of their own here.
     *
     * @param wanted the configured transport
     */
    public static Optional<String> tablesRefused(GatewayConfig.Transport wanted) {
        return SocketFamily.of(wanted).listensOnEveryLoop()
                ? DescriptorTable.refusal()
                : Optional.of("transport nio hands sockets from loop to loop");
    }

    private static Future<Void> begin(List<ParkingLoop> loops, boolean ownTables) {
        List<Future<Void>> begun = new ArrayList<>(loops.size());
        for (ParkingLoop loop : loops) {
            Promise<Void> promise = Promise.promise();
            loop.execute(() -> {
                try {
                    if (ownTables) {
                        DescriptorTable.split();
                    }
                    loop.start();
                    promise.complete();
                } catch (IOException | RuntimeException | LinkageError e) {
                    promise.fail(e);
                }
            });
            begun.add(promise.future());
        }
        return Future.all(begun).mapEmpty();
    }

    private static Wiring wire(VertxInternal parking, int count, HubSettings settings, SocketFamily family) {
        ConnectionGate gate =
                new ConnectionGate(settings.config().limits().connectionsMax().orElse(1_000_000));
        ChannelDirectory directory = new ChannelDirectory();
        List<ParkingLoop> loops = new ArrayList<>(count);
        Publisher publisher = new Publisher(loops, settings.codec());
        Map<EventLoop, ParkingLoop> byEventLoop = new LinkedHashMap<>();
        while (byEventLoop.size() < count) {
            EventLoop eventLoop = parking.createEventLoopContext().nettyEventLoop();
            byEventLoop.computeIfAbsent(
                    eventLoop, e -> new ParkingLoop(e, settings, gate, publisher, directory, family));
        }
        loops.addAll(byEventLoop.values());
        Function<Channel, ParkingLoop> loopOf = channel -> {
            ParkingLoop loop = byEventLoop.get(channel.eventLoop());
            if (loop == null) {
                throw new IllegalStateException("a socket must be on a parking loop: " + channel);
            }
            return loop;
        };
        Listeners listeners = new Listeners(settings.config(), family, parking.nettyEventLoopGroup(), loops, loopOf);
        return new Wiring(loops, listeners, publisher, directory);
    }

    @Override
    public Future<Void> publish(String channel, Payload data) {
        Promise<Void> promise = promise();
        publisher.publish(new Push.Publication(channel, data, Optional.empty())).whenComplete((done, failure) -> {
            if (failure != null) {
                promise.fail(failure);
            } else {
                onEveryLoop(loop -> {
                            Promise<Void> reached = Promise.promise();
                            loop.broadcasts().mark(channel, reached::complete);
                            return reached.future();
                        })
                        .<Void>mapEmpty()
                        .onComplete(promise);
            }
        });
        return promise.future();
    }

    @Override
    public Future<Integer> disconnect(String user, String client, int code, String reason) {
        Disconnect disconnect = new Disconnect(code, reason);
        return onEveryLoop(loop -> {
                    int[] closed = {0};
                    loop.connections().forEach(connection -> {
                        if (connection.state() instanceof SessionState.Connected state
                                && state.identity().user().equals(user)
                                && (client.isEmpty() || state.client().equals(client))
                                && connection.end(disconnect)) {
                            closed[0]++;
                        }
                    });
                    return Future.succeededFuture(closed[0]);
                })
                .map(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    @Override
    public Future<Map<String, Integer>> channels() {
        return onEveryLoop(loop -> {
                    Map<String, Integer> sizes = new HashMap<>();
                    for (Room<ParkedConnection> room : loop.rooms().all()) {
                        sizes.put(room.name(), room.size());
                    }
                    return Future.succeededFuture(sizes);
                })
                .map(all -> {
                    Map<String, Integer> sum = new HashMap<>();
                    all.forEach(sizes -> sizes.forEach((name, size) -> sum.merge(name, size, Integer::sum)));
                    return Map.copyOf(sum);
                });
    }

    @Override
    public HubStats stats() {
        LoopReading sum = LoopReading.ZERO;
        for (ParkingLoop loop : loops) {
            sum = sum.plus(loop.reading());
        }
        return sum.stats(directory.channels());
    }

    @Override
    public List<Integer> ports() {
        return ports;
    }

    @Override
    public String transport() {
        return family.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Future<Void> drain() {
        double share = (double) config.drain().connectionsPerSecond() / loops.size();
        Future<Void> gone = stopListening()
                .compose(_ -> onEveryLoop(loop -> {
                    Promise<Void> drained = Promise.promise();
                    loop.drain(share, drained);
                    return drained.future();
                }))
                .mapEmpty();
        long timeoutMillis = Math.max(1, config.drain().timeout().toMillis());
        Promise<Void> promise = promise();
        long timer = control.setTimer(timeoutMillis, _ -> closeAll().onComplete(_ -> promise.tryComplete()));
        gone.onComplete(result -> {
            control.cancelTimer(timer);
            promise.tryComplete();
        });
        return promise.future();
    }

    private Future<Void> closeAll() {
        return onEveryLoop(loop -> {
                    loop.closeAll();
                    return Future.succeededFuture(true);
                })
                .mapEmpty();
    }

    /**
     * Stops accepting, closes what is left with 3001 at once and ends the parking loops.
     *
     * @return completes when their threads have ended
     */
    public Future<Void> close() {
        return stopListening()
                .compose(_ -> closeAll())
                .eventually(parking::close)
                .onComplete(_ -> release.run());
    }

    /** What follows runs on the control instance: a parking loop that ended its own group would take itself away first. */
    private Future<Void> stopListening() {
        Promise<Void> stopped = promise();
        listeners.close().onComplete(stopped);
        return stopped.future();
    }

    /** Asks every loop on its own thread; the answers come in the loops' order, on the caller's context. */
    private <T> Future<List<T>> onEveryLoop(Function<ParkingLoop, Future<T>> question) {
        List<Future<T>> answers = new ArrayList<>(loops.size());
        for (ParkingLoop loop : loops) {
            Promise<T> answer = Promise.promise();
            loop.execute(() -> question.apply(loop).onComplete(answer));
            answers.add(answer.future());
        }
        Promise<List<T>> all = promise();
        Future.all(answers).map(joined -> joined.<T>list()).onComplete(all);
        return all.future();
    }

    private <T> Promise<T> promise() {
        return ((VertxInternal) control).getOrCreateContext().promise();
    }
}
