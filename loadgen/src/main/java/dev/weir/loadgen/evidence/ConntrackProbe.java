package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Connection tracking in one network namespace: how full its table is, and what was dropped.
 *
 * <p>Read from {@code /proc/PID/net/stat/nf_conntrack}, which belongs to that process's namespace; where the kernel is built without it, by
 * {@code conntrack -S} and {@code -C}, entered there. The ceiling is one number for the whole host, and every namespace may fill it.
 */
final class ConntrackProbe implements Probe {
    static final String NAME = "conntrack";

    private static final Path MAX = Path.of("/proc/sys/net/netfilter/nf_conntrack_max");

    private final String hop;
    private final Path statistics;
    private final List<String> enter;

    /**
     * A probe of one namespace.
     *
     * @param hop name under which the namespace's figures stand
     * @param pid a process in it
     * @param enter command that enters it, empty for this process's own
     */
    ConntrackProbe(String hop, long pid, List<String> enter) {
        this.hop = hop;
        this.statistics = Path.of("/proc/" + pid + "/net/stat/nf_conntrack");
        this.enter = List.copyOf(enter);
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesTools() {
        return !Files.exists(statistics);
    }

    @Override
    public List<Reading> read() throws IOException {
        if (!Files.exists(MAX)) {
            throw new IOException("this kernel tracks no connections: " + MAX + " does not exist");
        }
        Map<String, Long> figures = Files.exists(statistics) ? Conntrack.ofProc(SmallFile.text(statistics)) : byTool();
        long max = Long.parseLong(SmallFile.text(MAX).strip());
        List<Reading> readings = new ArrayList<>();
        figures.forEach((key, value) -> readings.add(new Reading(hop, NAME, key, "1", value)));
        readings.add(new Reading(hop, NAME, "max", "1", max));
        Long count = figures.get(Conntrack.COUNT);
        if (count != null && max > 0) {
            readings.add(new Reading(hop, NAME, "share", "share", (double) count / max));
        }
        return readings;
    }

    private Map<String, Long> byTool() throws IOException {
        Map<String, Long> figures = Conntrack.ofTool(ShortCommand.output(enter, List.of("conntrack", "-S")));
        String count = ShortCommand.output(enter, List.of("conntrack", "-C")).strip();
        figures.put(Conntrack.COUNT, Long.parseLong(count));
        return figures;
    }
}
