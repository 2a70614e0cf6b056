import java.io.IOException;
import java.util.List;

/** CPU that one connection costs the server until it is subscribed, beside the bare handshake. */
final class Connect {
    private static final double MICROS_MAX = 50;
    private static final int WARM_UP_RUNS = 5;

    private Connect() {}

    static List<Figure> measure(Pair pair) throws IOException, InterruptedException {
        pair.warmUp(WARM_UP_RUNS, List.of());
        Pair.Values values =
                pair.measure("connect, µs of CPU", List.of(), probe -> probe.number("connect_cpu_micros_per_connection"));
        Spread gateway = Spread.of(values.gateway());
        return List.of(new Figure(
                "CPU per connection: handshake, connect and subscribe in one frame (do-nothing server: handshake alone)",
                gateway,
                Spread.of(values.floor()),
                values.ratio(),
                "%.1f µs",
                "at most %.0f µs".formatted(MICROS_MAX),
                gateway.median() <= MICROS_MAX));
    }
}
