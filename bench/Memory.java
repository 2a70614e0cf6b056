import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Memory of idle subscribed connections, each run in a fresh process. */
final class Memory {
    private static final double HEAP_BYTES_MAX = 2048;
    private static final double RSS_MEGABYTES_MAX = 250;
    private static final int CLASSES_EXPLAINED = 20;

    /** What the runs against one server found. */
    private record Found(List<Double> bytesPerConnection, List<Double> residentMegabytes) {
        Found() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Setup setup;
    private final List<Server.Identity> servers = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();

    private Memory(Setup setup) {
        this.setup = setup;
    }

    static List<Figure> measure(Setup setup) throws IOException, InterruptedException {
        Memory memory = new Memory(setup);
        for (int run = 1; run <= setup.options().runs(); run++) {
            memory.floorOnce();
            memory.gatewayOnce(run == 1 && setup.options().explain());
            memory.otherOnce();
            memory.print(run);
        }
        return List.of(
                memory.figure(
                        "memory: live heap per idle subscribed connection, above the empty process (other servers: growth of resident memory)",
                        "%,.0f bytes",
                        HEAP_BYTES_MAX,
                        true),
                memory.figure("memory: resident memory of the whole process", "%.1f MB", RSS_MEGABYTES_MAX, false));
    }

    private Figure figure(String name, String form, double max, boolean perConnection) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            List<Double> values = perConnection ? found.get(i).bytesPerConnection() : found.get(i).residentMegabytes();
            boolean judged = servers.get(i).kind() == Server.Kind.GATEWAY;
            Optional<Spread> share = judged ? Optional.of(Spread.of(values.stream().map(value -> value / max).toList())) : Optional.empty();
            rows.add(new Row(servers.get(i), Spread.of(values), share));
        }
        return new Figure(name, form, "share of the bar", rows, Bar.atMost(max, form));
    }

    private void print(int run) {
        StringBuilder line = new StringBuilder("memory, run " + run + ":");
        for (int i = 0; i < servers.size(); i++) {
            line.append(" %s %,.0f bytes a connection, %.1f MB;".formatted(
                    servers.get(i).name(), found.get(i).bytesPerConnection().getLast(), found.get(i).residentMegabytes().getLast()));
        }
        System.out.println(line.substring(0, line.length() - 1));
    }

    private void add(Server server, double bytesPerConnection, double residentBytes) {
        if (!servers.contains(server.identity())) {
            servers.add(server.identity());
            found.add(new Found());
        }
        Found of = found.get(servers.indexOf(server.identity()));
        of.bytesPerConnection().add(bytesPerConnection);
        of.residentMegabytes().add(residentBytes / 1e6);
    }

    private void floorOnce() throws IOException {
        try (Server server = setup.startFloor(List.of())) {
            fromOutside(server);
        }
    }

    /** Not a fresh process, so memory that earlier connections left behind is taken for free. */
    private void otherOnce() throws IOException {
        if (setup.options().other().isPresent()) {
            fromOutside(setup.options().other().get().server());
        }
    }

    private void fromOutside(Server server) throws IOException {
        Result result = Probe.run(setup, server, List.of());
        double connected = result.number("rss_connected_bytes");
        add(server, Math.max(0, connected - result.number("rss_before_bytes")) / setup.options().connections(), connected);
    }

    private void gatewayOnce(boolean explain) throws IOException, InterruptedException {
        int connections = setup.options().connections();
        try (Server server = setup.startGateway("", List.of())) {
            long pid = server.pids().getFirst();
            Heap empty = Heap.of(pid);
            try (Probe probe = Probe.start(setup, server, connections, List.of("--stay"))) {
                // Read by the probe before the collection below, which might give memory back.
                double resident = probe.await().number("rss_connected_bytes");
                Heap full = Heap.of(pid);
                add(server, (double) (full.liveBytes() - empty.liveBytes()) / connections, resident);
                if (explain) {
                    full.growthSince(empty, connections, CLASSES_EXPLAINED).forEach(System.out::println);
                }
            }
        }
    }
}
