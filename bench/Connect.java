import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** CPU that one connection costs the server until it is subscribed, beside the bare handshake. */
final class Connect {
    private static final double MICROS_MAX = 35;
    private static final int WARM_UP_RUNS = 5;

    private Connect() {}

    static Figure measure(Lineup lineup) throws IOException, InterruptedException {
        ToDoubleFunction<Result> micros = result -> result.number("connect_cpu_micros_per_connection");
        lineup.warmUp(WARM_UP_RUNS, List.of());
        Rounds rounds = lineup.measure("connect, µs of CPU", server -> List.of(), micros);
        return new Figure(
                "CPU per connection: handshake, connect and subscribe in one frame (do-nothing server: handshake alone)",
                "%.1f µs",
                "ratio",
                rounds.rows(micros),
                Bar.atMost(MICROS_MAX, "%.0f µs"));
    }
}
