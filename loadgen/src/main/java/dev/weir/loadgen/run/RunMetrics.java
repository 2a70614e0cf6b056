package dev.weir.loadgen.run;

import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What runs live through, as Prometheus reads it while they do: the phase that is under way ({@code weir_run_phase{run="hold/plain",phase="ramp"} 1}),
 * connections, deliveries, and how long connects and deliveries of that phase took so far. What ends in {@code _total} counts over all runs.
 *
 * <p><b>Threading:</b> one thread adds, any reads. <b>Bounds:</b> one phase at a time.
 */
public final class RunMetrics {
    private static final double MICROS = 1e6;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge phases;
    private final Counter opened;
    private final Counter failed;
    private final Counter ended;
    private final Counter delivered;
    private final Counter lost;
    private volatile Standing standing = Standing.NONE;

    /** Of the phase that is under way. */
    private record Standing(String run, String phase, long target, Tally tally) {
        static final Standing NONE = new Standing("", "", 0, Tally.EMPTY);

        boolean isOf(String otherRun, String otherPhase) {
            return run.equals(otherRun) && phase.equals(otherPhase);
        }
    }

    /** Of nothing yet. */
    public RunMetrics() {
        phases = MultiGauge.builder("weir.run.phase")
                .description("1 for the phase that is under way")
                .register(registry);
        opened = counter("connections.opened", "connections that became ready, reconnects included");
        failed = counter("connections.failed", "connects that failed");
        ended = counter("connections.ended", "connections that ended unplanned");
        delivered = counter("deliveries", "distinct deliveries");
        lost = counter("deliveries.lost", "deliveries that never came while the connection stayed open");
        gauge("connections.target", "connections that the run asks for", Standing::target);
        gauge("connections.held", "connections that are up", now -> now.tally().held());
        for (double quantile : List.of(0.5, 0.99)) {
            seconds("connect", "from the start of the TCP connect to ready", quantile, Tally::connectMicros);
            seconds(
                    "deliver",
                    "from when a message was meant to be sent to its arrival",
                    quantile,
                    Tally::deliverIntendedMicros);
        }
    }

    private Counter counter(String name, String says) {
        return Counter.builder("weir.run." + name).description(says).register(registry);
    }

    private void gauge(String name, String says, ToDoubleFunction<Standing> value) {
        Gauge.builder("weir.run." + name, this, metrics -> value.applyAsDouble(metrics.standing))
                .description(says)
                .register(registry);
    }

    private void seconds(String name, String says, double quantile, Function<Tally, Distribution> of) {
        Gauge.builder("weir.run." + name, this, metrics -> seconds(of.apply(metrics.standing.tally()), quantile))
                .tags(Tags.of("quantile", Double.toString(quantile)))
                .description(says + ", in the phase so far")
                .baseUnit("seconds")
                .register(registry);
    }

    private static double seconds(Distribution micros, double quantile) {
        return micros.isEmpty() ? Double.NaN : micros.at(quantile * 100) / MICROS;
    }

    /**
     * Adds what agents lived through since they were last asked.
     *
     * @param run whose, e.g. {@code hold/plain}
     * @param phase the one that is under way
     * @param target how many connections the run asks for
     */
    public void add(String run, String phase, long target, Tally later) {
        Standing before = standing;
        boolean goesOn = before.isOf(run, phase);
        standing = new Standing(run, phase, target, goesOn ? before.tally().then(later) : later);
        if (!goesOn) {
            phases.register(List.of(MultiGauge.Row.of(Tags.of("run", run, "phase", phase), 1)), true);
        }
        opened.increment((double) later.opened());
        failed.increment((double) later.failed());
        ended.increment((double) later.closed());
        delivered.increment((double) later.deliveries(Cohort.NORMAL).delivered());
        lost.increment((double) later.deliveries(Cohort.NORMAL).lost());
    }

    /** The run has ended: no phase is under way, and nothing is held. */
    public void end() {
        standing = Standing.NONE;
        phases.register(List.of(), true);
    }

    /** All series in the text form of Prometheus. */
    public String text() {
        return registry.scrape();
    }
}
