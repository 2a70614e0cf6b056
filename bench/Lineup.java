import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The servers, measured in turn, round by round, so that all see the same machine. The first is what the others are held
 * against.
 *
 * <p><b>Threading:</b> one thread.
 */
record Lineup(Setup setup, List<Server> servers) implements AutoCloseable {
    private static final int REST_LOOK_MILLIS = 200;
    private static final int REST_LOOKS_MAX = 50;
    private static final int REST_CPU_MILLIS_MAX = 10;

    /** Runs against all whose result does not count. */
    void warmUp(int times, List<String> flags) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            for (Server server : servers) {
                once(server, flags);
            }
        }
    }

    /**
     * @param flags for the probe, by server
     * @param shown the figure to print after each round
     */
    Rounds measure(String title, Function<Server, List<String>> flags, ToDoubleFunction<Result> shown)
            throws IOException, InterruptedException {
        List<List<Result>> results = new ArrayList<>();
        for (int run = 1; run <= setup.options().runs(); run++) {
            List<Result> round = new ArrayList<>();
            StringBuilder line = new StringBuilder(title + ", run " + run + ":");
            for (Server server : servers) {
                round.add(once(server, flags.apply(server)));
                line.append(" %s %,.1f;".formatted(server.identity().name(), shown.applyAsDouble(round.getLast())));
            }
            results.add(round);
            System.out.println(line.substring(0, line.length() - 1));
        }
        return new Rounds(servers, results);
    }

    private Result once(Server server, List<String> flags) throws IOException, InterruptedException {
        Result result = Probe.run(setup, server, flags);
        awaitRest(server);
        return result;
    }

    /** The server closes thousands of sockets after a run; the next one waits for that. */
    private static void awaitRest(Server server) throws InterruptedException {
        for (int look = 0; look < REST_LOOKS_MAX; look++) {
            long before = server.cpuMillis();
            Thread.sleep(REST_LOOK_MILLIS);
            if (server.cpuMillis() - before <= REST_CPU_MILLIS_MAX) {
                return;
            }
        }
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
    }
}
