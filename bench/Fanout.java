import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Deliveries that a CPU second of the server buys, as a share of what it buys the do-nothing server. */
final class Fanout {
    private static final double RATIO_MIN = 0.75;
    private static final int PAYLOAD_BYTES = 100;
    private static final int WINDOW = 4;

    /** Messages before those that count, in every run: fresh sockets send more slowly. */
    private static final int RUN_WARM_UP_MESSAGES = 4;

    /** Messages that let the JVM compile what it will run, once. */
    private static final int WARM_UP_MESSAGES = 80;

    private Fanout() {}

    static List<Figure> measure(Pair pair) throws IOException, InterruptedException {
        pair.warmUp(1, flags(WARM_UP_MESSAGES, WINDOW));
        List<Figure> figures = new ArrayList<>();
        for (int window : List.of(WINDOW, 1)) {
            String pace = window == 1 ? "one message at a time" : window + " messages under way";
            Pair.Values values = pair.measure(
                    "fan-out, " + pace + ", deliveries per CPU second",
                    flags(pair.setup().options().messages(), window),
                    probe -> probe.number("deliveries_per_cpu_second"));
            figures.add(new Figure(
                    "fan-out of %d bytes, %s: deliveries per CPU second of the server".formatted(PAYLOAD_BYTES, pace),
                    Spread.of(values.gateway()),
                    Spread.of(values.floor()),
                    values.ratio(),
                    "%,.0f",
                    "ratio at least %.2f".formatted(RATIO_MIN),
                    values.ratio().median() >= RATIO_MIN));
        }
        return figures;
    }

    private static List<String> flags(int messages, int window) {
        return List.of(
                "--payload", Integer.toString(PAYLOAD_BYTES),
                "--warmup", Integer.toString(RUN_WARM_UP_MESSAGES),
                "--publish", Integer.toString(messages),
                "--window", Integer.toString(window));
    }
}
