import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Memory of idle subscribed connections, each run in a fresh process. */
final class Memory {
    private static final double HEAP_BYTES_MAX = 2500;
    private static final double RSS_MEGABYTES_MAX = 250;
    private static final int CLASSES_EXPLAINED = 20;

    private final List<Double> heaps = new ArrayList<>();
    private final List<Double> residents = new ArrayList<>();
    private final List<Double> floorResidents = new ArrayList<>();
    private final List<Double> floorGrowths = new ArrayList<>();

    private Memory() {}

    static List<Figure> measure(Setup setup) throws IOException, InterruptedException {
        Memory memory = new Memory();
        for (int run = 1; run <= setup.options().runs(); run++) {
            memory.floorOnce(setup);
            memory.gatewayOnce(setup, run == 1 && setup.options().explain());
            System.out.printf(
                    "memory, run %d: heap %,.0f bytes a connection, whole process %.1f MB%n", run, memory.heaps.getLast(), memory.residents.getLast());
        }
        Spread heap = Spread.of(memory.heaps);
        Spread resident = Spread.of(memory.residents);
        return List.of(
                new Figure(
                        "memory: live heap per idle subscribed connection, above the empty process"
                                + " (do-nothing server: growth of its resident memory; ratio: share of the bar)",
                        heap,
                        Spread.of(memory.floorGrowths),
                        share(memory.heaps, HEAP_BYTES_MAX),
                        "%,.0f bytes",
                        "at most %,.0f bytes".formatted(HEAP_BYTES_MAX),
                        heap.median() <= HEAP_BYTES_MAX),
                new Figure(
                        "memory: resident memory of the whole process (ratio: share of the bar)",
                        resident,
                        Spread.of(memory.floorResidents),
                        share(memory.residents, RSS_MEGABYTES_MAX),
                        "%.1f MB",
                        "at most %.0f MB".formatted(RSS_MEGABYTES_MAX),
                        resident.median() <= RSS_MEGABYTES_MAX));
    }

    private static Spread share(List<Double> values, double bar) {
        return Spread.of(values.stream().map(value -> value / bar).toList());
    }

    private void floorOnce(Setup setup) throws IOException {
        try (Server server = setup.startFloor();
                Probe probe = Probe.run(setup, server, List.of())) {
            double connected = probe.number("rss_connected_bytes");
            floorResidents.add(connected / 1e6);
            floorGrowths.add((connected - probe.number("rss_before_bytes")) / setup.options().connections());
        }
    }

    private void gatewayOnce(Setup setup, boolean explain) throws IOException, InterruptedException {
        try (Server server = setup.startGateway()) {
            Heap empty = Heap.of(server.pid());
            try (Probe probe = Probe.run(setup, server, List.of("--stay"))) {
                // Read by the probe before the collection below, which might give memory back.
                residents.add(probe.number("rss_connected_bytes") / 1e6);
                Heap full = Heap.of(server.pid());
                heaps.add((double) (full.liveBytes() - empty.liveBytes()) / setup.options().connections());
                if (explain) {
                    full.growthSince(empty, setup.options().connections(), CLASSES_EXPLAINED).forEach(System.out::println);
                }
            }
        }
    }
}
