import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CPU that connections cost which do nothing but answer pings.
 *
 * <p>All servers, and an empty gateway, idle side by side through the same windows: together they leave the machine nearly at
 * rest, and each window is one ping interval, in which every connection is pinged once.
 */
final class Idle {
    private static final double MICROS_MAX = 1.0;
    private static final double PING_SHARE_TOLERANCE = 0.05;
    private static final int CONNECT_SECONDS_MAX = 180;

    private final Setup setup;
    private final List<Row> rows = new ArrayList<>();
    private List<Double> yardstick = List.of();

    private Idle(Setup setup) {
        this.setup = setup;
    }

    static Figure measure(Setup setup) throws IOException, InterruptedException {
        Idle idle = new Idle(setup);
        try (Lineup lineup = setup.startIdleLineup();
                Server empty = setup.startGateway("the same process, empty", List.of())) {
            idle.measure(lineup, empty);
        }
        return new Figure(
                "idle CPU per second and connection, each pinged every %d s, nothing subtracted (empty process: over as many connections)"
                        .formatted(setup.options().heartbeatSeconds()),
                "%.3f µs",
                "ratio",
                idle.rows,
                Bar.atMost(MICROS_MAX, "%.1f µs"));
    }

    private void measure(Lineup lineup, Server empty) throws IOException {
        List<Probe> probes = new ArrayList<>();
        try {
            for (Server server : lineup.servers()) {
                probes.add(Probe.start(setup, server, connectionsOf(server), flags()));
            }
            probes.add(Probe.start(setup, empty, 0, flags()));
            for (int i = 0; i < lineup.servers().size(); i++) {
                Server server = lineup.servers().get(i);
                add(server, connectionsOf(server), probes.get(i).await());
            }
            addEmpty(empty, probes.getLast().await());
        } finally {
            probes.forEach(Probe::close);
        }
    }

    private List<String> flags() {
        String seconds = Integer.toString(setup.options().heartbeatSeconds());
        String windows = Integer.toString(setup.options().runs());
        return List.of("--timeout", Integer.toString(CONNECT_SECONDS_MAX), "--settle", seconds, "--hold", seconds, "--holds", windows);
    }

    /** The do-nothing server has one table of descriptors; its figure is per connection too. */
    private int connectionsOf(Server server) {
        int wanted = setup.options().connections();
        return server.identity().kind() == Server.Kind.FLOOR ? Math.min(wanted, Machine.connectionsOfOneTable()) : wanted;
    }

    private void add(Server server, int connections, Result result) {
        List<Double> pings = result.numbers("idle_pings").stream().map(count -> count / connections).toList();
        List<Double> micros = perConnection(result, connections);
        System.out.printf("idle, %s, %,d connections: µs of CPU per second and connection %s, pings %s%n", server.identity().name(), connections, list(micros), list(pings));
        if (server.identity().kind() == Server.Kind.FLOOR) {
            yardstick = micros;
        }
        if (server.identity().kind() == Server.Kind.GATEWAY && pings.stream().anyMatch(share -> Math.abs(share - 1) > PING_SHARE_TOLERANCE)) {
            throw new BenchException(
                    BenchException.ENVIRONMENT,
                    "the gateway must ping each connection once in %d s: pings=%s".formatted(setup.options().heartbeatSeconds(), list(pings)));
        }
        Optional<Spread> share = server.identity().kind() == Server.Kind.FLOOR ? Optional.empty() : Optional.of(Spread.ofRatios(micros, yardstick));
        rows.add(new Row(server.identity(), Spread.of(micros), share, "%,d connections, %.2f pings each".formatted(connections, Spread.of(pings).median())));
    }

    private void addEmpty(Server empty, Result result) {
        double micros = Spread.of(result.numbers("idle_cpu_micros_per_second")).median();
        Server.Identity who = new Server.Identity(empty.identity().name(), Server.Kind.OTHER, empty.identity().transport());
        rows.add(new Row(who, Spread.of(perConnection(result, setup.options().connections())), Optional.empty(), "%,.0f µs a second in all".formatted(micros)));
    }

    private static List<Double> perConnection(Result result, int connections) {
        return result.numbers("idle_cpu_micros_per_second").stream().map(micros -> micros / connections).toList();
    }

    private static String list(List<Double> values) {
        return String.join(" ", values.stream().map("%.3f"::formatted).toList());
    }
}
