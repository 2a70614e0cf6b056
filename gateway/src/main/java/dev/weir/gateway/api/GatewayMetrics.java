package dev.weir.gateway.api;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.function.Supplier;

/**
 * What {@code /metrics} shows: Vert.x's own meters of the HTTP side, the JVM's memory, and one reading of the parked connections.
 *
 * <p><b>Threading:</b> any thread; a scrape should not run on an event loop.
 */
public final class GatewayMetrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Collects under a prefix.
     *
     * @param prefix what the gateway's own names begin with, e.g. {@code weir_}; may be empty
     * @param readiness where the process is, for the connections it may have
     */
    public GatewayMetrics(String prefix, Node node, Supplier<Readiness> readiness) {
        new JvmMemoryMetrics().bindTo(registry);
        registry.getPrometheusRegistry().register(new NodeCollector(prefix, node, readiness));
    }

    /** The factory to give to the Vert.x that runs the HTTP side. */
    public VertxMetricsFactory vertxFactory() {
        return new MicrometerMetricsFactory(registry);
    }

    /** Options for that Vert.x: its HTTP server is measured, its insides are not. */
    public VertxOptions vertxOptions() {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions().setEnabled(true);
        for (MetricsDomain domain : MetricsDomain.values()) {
            if (domain != MetricsDomain.HTTP_SERVER) {
                options.addDisabledMetricsCategory(domain);
            }
        }
        return new VertxOptions().setMetricsOptions(options);
    }

    /** All series in the text form of Prometheus. */
    public String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }
}
