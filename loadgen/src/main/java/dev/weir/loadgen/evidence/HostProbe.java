package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all hops share: the range of source ports, the ceiling of kernel TCP memory, memory that is no longer available, how busy the
 * processors are, and the host-wide ceilings of open files and orphaned sockets.
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
        readings.add(new Reading(hop(), name(), "tcp_mem.pressure", "pages", Long.parseLong(tcpMem[1])));
        long pages = Long.parseLong(tcpMem[2]);
        readings.add(new Reading(hop(), name(), "tcp_mem.max", "pages", pages));
        Map<String, Long> sockets = Sockstat.parseTcp(SmallFile.text(Path.of("/proc/net/sockstat")));
        share(readings, "tcp_mem.share", sockets.get("mem"), pages);
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
        limits(readings, sockets.get("orphan"));
        processors(readings);
        return readings;
    }

    private void limits(List<Reading> into, @Nullable Long orphans) throws IOException {
        String[] files = SmallFile.text(Path.of("/proc/sys/fs/file-nr")).strip().split("\\s+", -1);
        into.add(new Reading(hop(), name(), "files", "1", Long.parseLong(files[0])));
        into.add(new Reading(hop(), name(), "files.max", "1", Long.parseLong(files[2])));
        long orphansMax = Long.parseLong(
                SmallFile.text(Path.of("/proc/sys/net/ipv4/tcp_max_orphans")).strip());
        into.add(new Reading(hop(), name(), "orphans.max", "1", orphansMax));
        share(into, "orphans.share", orphans, orphansMax);
    }

    /** What is in use of a ceiling at this moment: a ceiling that was low for a while is missed by looking at both apart. */
    private void share(List<Reading> into, String key, @Nullable Long used, long ceiling) {
        if (used != null) {
            into.add(new Reading(hop(), name(), key, "share", (double) used / Math.max(1, ceiling)));
        }
    }

    private void processors(List<Reading> into) throws IOException {
        String text = SmallFile.text(Path.of("/proc/stat"));
        HostStat stat = HostStat.parse(text);
        double share = busyTicksBefore < 0 || stat.allTicks() == allTicksBefore
                ? 0
                : (double) (stat.busyTicks() - busyTicksBefore) / (stat.allTicks() - allTicksBefore);
        busyTicksBefore = stat.busyTicks();
        allTicksBefore = stat.allTicks();
        into.add(new Reading(hop(), name(), "cpu.share", "share", Math.max(0, share)));
        into.add(new Reading(hop(), name(), "context-switches", "1", stat.contextSwitches()));
        into.add(new Reading(hop(), name(), "interrupts", "1", stat.interrupts()));
        into.add(new Reading(hop(), name(), "runnable", "1", stat.runnable()));
        into.add(new Reading(
                hop(), name(), "processors", "1", Runtime.getRuntime().availableProcessors()));
    }
}
