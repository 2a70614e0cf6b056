package dev.weir.gateway;

import dev.weir.gateway.api.ApiServer;
import dev.weir.gateway.api.GatewayMetrics;
import dev.weir.gateway.api.Node;
import dev.weir.gateway.api.Readiness;
import dev.weir.gateway.config.EffectiveConfig;
import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.server.Hub;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileSystemOptions;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running gateway: the control Vert.x with the HTTP side, and the parked connections.
 *
 * <p><b>Threading:</b> {@link #start} blocks the caller, which must not be an event loop; {@link #drain} may be called from any thread.
 */
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int START_SECONDS_MAX = 30;

    /** How the parked connections are started. */
    interface HubStarter {
        /**
         * Opens the ports.
         *
         * @param control the instance on which results are delivered
         * @param version version told to clients
         */
        Future<? extends Hub> start(Vertx control, GatewayConfig config, String version);
    }

    private final ApiServer api;
    private final Hub hub;
    private final AtomicReference<Readiness> readiness;

    private Gateway(ApiServer api, Hub hub, AtomicReference<Readiness> readiness) {
        this.api = api;
        this.hub = hub;
        this.readiness = readiness;
    }

    /**
     * Starts the HTTP side, then the sockets, so that a probe sees "starting" and never a refused connection.
     *
     * @param effective settings whose connection limit is resolved
     * @throws StartException when this host refuses something
     */
    static Gateway start(EffectiveConfig effective, String version, HubStarter hubStarter) throws StartException {
        GatewayConfig config = effective.config();
        AtomicReference<Readiness> readiness = new AtomicReference<>(new Readiness.Starting());
        Node node = Node.starting(HostFacts.hostName() + "_" + config.api().port(), version);
        GatewayMetrics metrics = new GatewayMetrics(config.api().metricsPrefix(), node, readiness::get);
        Vertx control = controlVertx(metrics);
        try {
            ApiServer api = started("api_port", ApiServer.listen(control, config, node, metrics, readiness::get));
            Hub hub = started("port", hubStarter.start(control, config, version));
            readiness.set(new Readiness.Serving(hub));
            return new Gateway(api, hub, readiness);
        } catch (StartException | RuntimeException e) {
            control.close();
            throw e;
        }
    }

    /** Ports that WebSockets are accepted on. */
    List<Integer> ports() {
        return hub.ports();
    }

    /** How sockets are made: {@code io_uring}, {@code epoll} or {@code nio}. */
    String transport() {
        return hub.transport();
    }

    /** Port of the HTTP side. */
    int apiPort() {
        return api.port();
    }

    /**
     * Lets everybody go: not ready any more, connections closed at the configured rate, then the HTTP side.
     *
     * @return completes when nothing is left but threads, which the end of the process ends: a Vert.x that closes itself takes the
     *     loop away on which its own result would be told
     */
    Future<Void> drain() {
        readiness.set(new Readiness.Draining(hub));
        return hub.drain().onFailure(cause -> LOG.error("drain failed", cause)).eventually(api::close);
    }

    /** Few threads: the control side answers probes, scrapes and publishers, and none of them blocks but the scrape. */
    private static Vertx controlVertx(GatewayMetrics metrics) {
        return Vertx.builder()
                .with(metrics.vertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(2)
                        .setInternalBlockingPoolSize(2)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .withMetrics(metrics.vertxFactory())
                .build();
    }

    private static <T> T started(String key, Future<T> start) throws StartException {
        try {
            return start.await(START_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StartException(
                    ExitCode.ENVIRONMENT, key + " must be listened on within " + START_SECONDS_MAX + " s");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof BindException || String.valueOf(e.getMessage()).contains("Address already in use")) {
                throw new StartException(ExitCode.ENVIRONMENT, key + " must be free: " + e.getMessage());
            }
            throw new IllegalStateException("cannot listen on " + key, e);
        }
    }
}
