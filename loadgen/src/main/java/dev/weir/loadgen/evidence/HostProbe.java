package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all hops share: the range of source ports, the ceiling of kernel TCP memory, memory that is no longer available, and how busy the processors are.
 *
 * <p>Memory in use is the total less {@code MemAvailable}; of the kernel's own, what it cannot take back ({@code SUnreclaim}) is shown apart, since
 * other processes do not change it.
 *
 * <p><b>Threading:</b> one thread at a time; keeps the last processor times to make a share of them.
 */
final class HostProbe implements Probe {
    private long busyTicksBefore = -1;
    private long allTicksBefore;

    @Override
    public String hop() {
        return EvidenceCollector.HOST;
    }

    @Override
    public String name() {
        return "host";
    }

    @Override
    public List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        String[] tcpMem =
                SmallFile.text(Path.of("/proc/sys/net/ipv4/tcp_mem")).trim().split("\\s+", -1);
        readings.add(new Reading(hop(), name(), "tcp_mem.max", "pages", Long.parseLong(tcpMem[2])));
        String[] ports = SmallFile.text(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                .trim()
                .split("\\s+", -1);
        readings.add(new Reading(
                hop(), name(), "source-ports", "1", Long.parseLong(ports[1]) - Long.parseLong(ports[0]) + 1));
        String meminfo = SmallFile.text(Path.of("/proc/meminfo"));
        ProcText.kilobytes(meminfo, "MemAvailable")
                .ifPresent(available -> readings.add(new Reading(
                        hop(),
                        name(),
                        "memory.used",
                        "bytes",
                        ProcText.kilobytes(meminfo, "MemTotal").orElse(available) - available)));
        ProcText.kilobytes(meminfo, "SUnreclaim")
                .ifPresent(bytes -> readings.add(new Reading(hop(), name(), "memory.kernel", "bytes", bytes)));
        String text = SmallFile.text(Path.of("/proc/stat"));
        String[] cpu = text.substring(0, text.indexOf('\n')).trim().split("\\s+", -1);
        long all = 0;
        for (int i = 1; i < Math.min(cpu.length, 9); i++) {
            all += Long.parseLong(cpu[i]);
        }
        long busy = all - Long.parseLong(cpu[4]) - Long.parseLong(cpu[5]);
        double share = busyTicksBefore < 0 || all == allTicksBefore
                ? 0
                : (double) (busy - busyTicksBefore) / (all - allTicksBefore);
        busyTicksBefore = busy;
        allTicksBefore = all;
        readings.add(new Reading(hop(), name(), "cpu.share", "share", Math.max(0, share)));
        return readings;
    }
}
