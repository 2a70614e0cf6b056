import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One room of all: deliveries that a CPU second of the server buys, the time until the last member has a message, and latency
 * under half the load that the server can carry.
 */
final class Fanout {
    private static final Map<String, Double> RATIO_MIN = new LinkedHashMap<>();

    static {
        RATIO_MIN.put("io_uring", 0.92);
        RATIO_MIN.put("epoll", 0.82);
    }

    private static final int PAYLOAD_BYTES = 100;
    private static final int WINDOW = 4;

    /** Messages before those that count, in every run: fresh sockets send more slowly. */
    private static final int RUN_WARM_UP_MESSAGES = 4;

    /** Messages that let the JVM compile what it will run, once. */
    private static final int WARM_UP_MESSAGES = 80;

    private static final double LOAD = 0.5;

    private final Lineup lineup;
    private final List<Figure> figures = new ArrayList<>();

    private Fanout(Lineup lineup) {
        this.lineup = lineup;
    }

    static List<Figure> measure(Lineup lineup) throws IOException, InterruptedException {
        Options options = lineup.setup().options();
        Fanout fanout = new Fanout(lineup);
        lineup.warmUp(1, flags(WARM_UP_MESSAGES, "--window", Integer.toString(WINDOW)));
        if (options.wants("fanout") || options.wants("latency")) {
            Rounds full = fanout.closedLoop(WINDOW, WINDOW + " messages under way");
            if (options.wants("latency")) {
                fanout.openLoop(full);
            }
        }
        if (options.wants("fanout") || options.wants("last")) {
            Rounds single = fanout.closedLoop(1, "one message at a time");
            if (options.wants("last")) {
                fanout.lastMember(single);
            }
        }
        return fanout.figures;
    }

    private Rounds closedLoop(int window, String pace) throws IOException, InterruptedException {
        Options options = lineup.setup().options();
        ToDoubleFunction<Result> efficiency = result -> result.number("deliveries_per_cpu_second");
        Rounds rounds = lineup.measure(
                "fan-out, " + pace + ", deliveries per CPU second",
                server -> flags(options.messages(), "--window", Integer.toString(window)),
                efficiency);
        if (options.wants("fanout")) {
            figures.add(new Figure(
                    "fan-out of %d bytes, %s: deliveries per CPU second of the server".formatted(PAYLOAD_BYTES, pace),
                    "%,.0f",
                    "ratio",
                    rounds.rows(efficiency),
                    Bar.ratioAtLeast(RATIO_MIN)));
        }
        return rounds;
    }

    /** From the request to the last delivery: the median over a run's messages, then over the runs. */
    private void lastMember(Rounds single) {
        figures.add(new Figure(
                "time to the last member: from the publish request to the last delivery of that message, one at a time",
                "%.1f ms",
                "ratio",
                single.rows(result -> result.number("last_micros_p50") / 1000),
                Bar.NONE));
    }

    /** Messages are due at half the rate at which the same server delivered most, whatever it does meanwhile. */
    private void openLoop(Rounds full) throws IOException, InterruptedException {
        Options options = lineup.setup().options();
        ToDoubleFunction<Result> p99 = result -> result.number("latency_micros_p99") / 1000;
        ToDoubleFunction<Result> throughput = result -> result.number("deliveries_per_second");
        Rounds half = lineup.measure(
                "delivery p99 at half load, ms",
                server -> flags(
                        options.messages(), "--rate", Double.toString(LOAD * full.median(server, throughput) / options.connections())),
                p99);
        List<Row> rows = new ArrayList<>();
        for (Row row : half.rows(p99)) {
            Server server = lineup.servers().get(rows.size());
            rows.add(row.noted("at %,.0f deliveries/s of at most %,.0f; messages left up to %.1f ms late (p99)"
                    .formatted(
                            LOAD * full.median(server, throughput),
                            full.median(server, throughput),
                            half.median(server, result -> result.number("lag_micros_p99") / 1000))));
        }
        figures.add(new Figure(
                "delivery p99 at half of each server's own maximum, from when the message was due", "%.1f ms", "ratio", rows, Bar.NONE));
    }

    private static List<String> flags(int messages, String pace, String value) {
        return List.of(
                "--payload", Integer.toString(PAYLOAD_BYTES),
                "--warmup", Integer.toString(RUN_WARM_UP_MESSAGES),
                "--publish", Integer.toString(messages),
                pace, value);
    }
}
