package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code sockstat} of one network namespace; what it says of the whole host stands under the hop {@code host}. */
final class SockstatProbe implements Probe {
    private static final List<String> OF_HOST = List.of("orphan", "alloc", "mem");

    private final String hop;
    private final Path file;

    SockstatProbe(String hop, long pid) {
        this.hop = hop;
        this.file = Path.of("/proc/" + pid + "/net/sockstat");
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return "sockstat";
    }

    @Override
    public List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (Map.Entry<String, Long> entry :
                Sockstat.parseTcp(SmallFile.text(file)).entrySet()) {
            String key = entry.getKey();
            String where = OF_HOST.contains(key) ? EvidenceCollector.HOST : hop;
            readings.add(new Reading(where, name(), "TCP." + key, "mem".equals(key) ? "pages" : "1", entry.getValue()));
        }
        return readings;
    }
}
