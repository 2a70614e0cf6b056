package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one established connection costs in SYNs, from one network namespace's counters since the start.
 *
 * <p>{@code ActiveOpens} counts connects begun, {@code AttemptFails} those that came to nothing, {@code TCPSynRetrans} SYNs (and answers to them)
 * that were sent again. 1 is a healthy chain; nothing is said before {@link #CONNECTS_MIN} connects.
 */
final class ConnectProbe implements Probe {
    static final long CONNECTS_MIN = 20;

    private record Counts(long begun, long failed, long again) {}

    private final String hop;
    private final long pid;
    private @org.jspecify.annotations.Nullable Counts first;

    ConnectProbe(String hop, long pid) {
        this.hop = hop;
        this.pid = pid;
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return "connects";
    }

    @Override
    public long periodMillis() {
        return 5_000;
    }

    @Override
    public List<Reading> read() throws IOException {
        Map<String, Long> snmp = Counters.parse(SmallFile.text(Path.of("/proc/" + pid + "/net/snmp")));
        Map<String, Long> netstat = Counters.parse(SmallFile.text(Path.of("/proc/" + pid + "/net/netstat")));
        Counts now = new Counts(
                snmp.getOrDefault("Tcp.ActiveOpens", 0L),
                snmp.getOrDefault("Tcp.AttemptFails", 0L),
                netstat.getOrDefault("TcpExt.TCPSynRetrans", 0L));
        Counts start = first == null ? now : first;
        first = start;
        long begun = now.begun() - start.begun();
        long established = begun - (now.failed() - start.failed());
        if (begun < CONNECTS_MIN || established <= 0) {
            return List.of();
        }
        double each = (double) (begun + now.again() - start.again()) / established;
        return List.of(new Reading(hop, name(), "syns-per-connect", "1", each));
    }
}
