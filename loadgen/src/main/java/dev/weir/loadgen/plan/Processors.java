package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Locale;

/**
 * CPU time of getting connected and of staying so.
 *
 * <p><b>Source:</b> measured with {@code weir run hold} on 2 cores: see docs/planning.md. A machine differs by more than this model does, so it warns and
 * never refuses.
 */
final class Processors {
    private static final double MICROS_PER_SECOND = 1e6;

    private Processors() {}

    /** CPU of one connection with its subscribes, in microseconds. */
    static double connectMicros(Station station) {
        return switch (station) {
            case Station.Agents _ -> 63;
            case Station.Proxy _, Station.Haproxy _ -> 80;
            case Station.Gateway _ -> 58;
            case Station.Target _ -> 0;
        };
    }

    /** CPU of one idle connection a second, with a heartbeat every 25 s, in microseconds. */
    static double idleMicros(Station station) {
        return switch (station) {
            case Station.Agents _ -> 1.0;
            case Station.Proxy _, Station.Haproxy _ -> 0.7;
            case Station.Gateway _ -> 1.0;
            case Station.Target _ -> 0;
        };
    }

    static List<Constraint> of(Scene scene) {
        return scene.hosts().stream().map(host -> ofHost(scene, host)).toList();
    }

    private static Constraint ofHost(Scene scene, String host) {
        int cores = scene.host().cores();
        Load wired = scene.wired(scene.load().connections());
        double ramp = scene.on(host, wired, station -> (long) (connectMicros(station) * wired.connections()))
                / MICROS_PER_SECOND;
        String says = String.format(
                Locale.ROOT,
                "connecting takes %.0f s of CPU time, %.0f s on %s at best; heartbeats take %.1f cores",
                ramp,
                ramp / cores,
                Words.plural(cores, "core"),
                idle(scene, host, wired.connections()) / MICROS_PER_SECOND);
        return new Constraint(
                Resource.PROCESSOR,
                host,
                Severity.RISKS,
                "µs/s",
                connections -> idle(scene, host, connections),
                connections -> (long) (cores * MICROS_PER_SECOND),
                new Constraint.Advice(
                        says,
                        "more cores, or heartbeats further apart (--set gateway.ping_interval=60s)",
                        "field report B, step 3"));
    }

    private static long idle(Scene scene, String host, long connections) {
        return scene.on(host, scene.wired(connections), station -> (long) (idleMicros(station) * connections));
    }
}
