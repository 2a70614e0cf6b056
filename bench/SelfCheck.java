import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the do-nothing server against itself, once as the yardstick and once as any other server would be given, and tries
 * what the benchmarks must refuse. Needs no gateway: {@code java bench/SelfCheck.java}, half a minute. Exit codes: 0, 1.
 */
final class SelfCheck {
    private static final double RATIO_TOLERANCE = 0.25;
    private static final String CONNECTIONS = "2000";

    private final List<String> failures = new ArrayList<>();

    private SelfCheck() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SelfCheck check = new SelfCheck();
        check.refusals();
        Setup setup = new Setup(Options.parse(new String[] {"--only", "idle"}), Compiler.compile(Options.parse(new String[0]).home()));
        try (Server second = setup.startFloor(List.of("--ping", "2"))) {
            check.sameAsItself(setup.binaries(), second);
            check.workers(setup, second);
        }
        check.failures.forEach(failure -> System.out.println("FAILED " + failure));
        System.out.println(check.failures.isEmpty() ? "self-check: ok" : "self-check: failed");
        System.exit(check.failures.isEmpty() ? 0 : 1);
    }

    private void require(String what, boolean holds) {
        System.out.println((holds ? "ok     " : "       ") + what);
        if (!holds) {
            failures.add(what);
        }
    }

    private void sameAsItself(Path binaries, Server second) throws IOException, InterruptedException {
        String port = second.probeFlags().getLast();
        Options options = Options.parse(new String[] {
            "--connections", CONNECTIONS, "--runs", "3", "--messages", "60", "--only", "connect,fanout,last,latency",
            "--other", "ws://localhost:" + port + "/any?path", "--other-name", "do-nothing server, as another",
            "--other-pid", Long.toString(second.pids().getFirst()),
            "--other-publish", "POST http://127.0.0.1:" + port + "/publish X-Any:header {\"data\":\"%m\"}"
        });
        Setup setup = new Setup(options, binaries);
        Server first = setup.startFloor(List.of());
        try (Lineup lineup = new Lineup(setup, List.of(first, options.other().orElseThrow().server()))) {
            List<Figure> figures = Bench.measure(lineup);
            System.out.print(Report.table(figures, options));
            for (Figure figure : figures) {
                double ratio = figure.rows().getLast().share().orElseThrow().median();
                // A tail is decided by whoever else runs here: it is there, and that is all to ask of it.
                boolean tail = figure.name().contains("p99");
                require("%s: ratio to itself %.3f".formatted(figure.name(), ratio), tail ? ratio > 0 : Math.abs(ratio - 1) <= RATIO_TOLERANCE);
            }
        }
    }

    /** Three processes deliver and count what one does, and each ping interval pings everybody once. */
    private void workers(Setup setup, Server server) throws IOException {
        int connections = Integer.parseInt(CONNECTIONS);
        List<String> flags = List.of("--workers", "3", "--publish", "10", "--window", "1", "--settle", "2", "--hold", "2", "--holds", "2");
        try (Probe probe = Probe.start(setup, server, connections, flags)) {
            Result result = probe.await();
            require("three workers: deliveries %.0f of %d".formatted(result.number("deliveries"), 10 * connections), result.number("deliveries") == 10 * connections);
            for (double pings : result.numbers("idle_pings")) {
                require("pings in one interval: %.0f to %d".formatted(pings, connections), Math.abs(pings / connections - 1) < 0.05);
            }
        }
    }

    private void refusals() {
        refused("--other must be a ws:// address", "--other", "wss://localhost:1/", "--other-pid", "1", "--other-publish", "POST http://localhost:1/");
        refused("--other-pid must be processes", "--other", "ws://localhost:1/", "--other-publish", "POST http://localhost:1/");
        refused("--other-pid must be processes", "--other", "ws://localhost:1/", "--other-pid", "999999999", "--other-publish", "POST http://localhost:1/");
        refused("--other-publish must be 'POST URL'", "--other", "ws://localhost:1/", "--other-pid", "1", "--other-publish", "GET http://localhost:1/");
        refused("must hold %m", "--other", "ws://localhost:1/", "--other-pid", "1", "--other-publish", "POST http://localhost:1/ {}");
        refused("--other must be a ws:// address", "--other-pid", "1", "--other-publish", "POST http://localhost:1/");
        refused("--only must be of", "--only", "fanout,lasst");
        refused("--connections must be 1 to", "--connections", "15q");
        refused("use --heartbeat", "--", "--ping-interval=5s");
        refused("add --only idle", "--connections", "2m");
        refused("unknown option", "--others", "x");
        refused("must have a value", "--other");
    }

    private void refused(String message, String... arguments) {
        String line = String.join(" ", arguments);
        try {
            Options.parse(arguments);
            require("refused: " + line, false);
        } catch (BenchException e) {
            require("refused: " + line, e.exitCode() == BenchException.USAGE && e.getMessage().contains(message));
        }
    }
}
