import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The two servers, measured in turn: the do-nothing server, the gateway, and so on, so that both see the same machine.
 *
 * <p><b>Threading:</b> one thread.
 */
record Pair(Setup setup, Server floor, Server gateway) {
    private static final int REST_LOOK_MILLIS = 200;
    private static final int REST_LOOKS_MAX = 100;
    private static final int REST_CPU_MILLIS_MAX = 10;

    /** What a figure was, run by run. */
    record Values(List<Double> floor, List<Double> gateway) {
        /** The gateway's figure as a share of the do-nothing server's just before it. */
        Spread ratio() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < gateway.size(); i++) {
                ratios.add(gateway.get(i) / floor.get(i));
            }
            return Spread.of(ratios);
        }
    }

    /** Runs against both whose result does not count. */
    void warmUp(int times, List<String> flags) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            once(floor, flags, probe -> 0);
            once(gateway, flags, probe -> 0);
        }
    }

    Values measure(String title, List<String> flags, ToDoubleFunction<Probe> figure) throws IOException, InterruptedException {
        Values values = new Values(new ArrayList<>(), new ArrayList<>());
        for (int run = 1; run <= setup.options().runs(); run++) {
            values.floor().add(once(floor, flags, figure));
            values.gateway().add(once(gateway, flags, figure));
            System.out.printf("%s, run %d: gateway %,.1f, do-nothing server %,.1f%n", title, run, values.gateway().getLast(), values.floor().getLast());
        }
        return values;
    }

    private double once(Server server, List<String> flags, ToDoubleFunction<Probe> figure) throws IOException, InterruptedException {
        double value;
        try (Probe probe = Probe.run(setup, server, flags)) {
            value = figure.applyAsDouble(probe);
        }
        awaitRest(server);
        return value;
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
}
