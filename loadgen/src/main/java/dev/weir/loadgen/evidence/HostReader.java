package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads what this machine allows: effective values, never configuration files. */
public final class HostReader {
    private static final List<String> SYSCTLS = List.of(
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_mem",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem",
            "net.ipv4.tcp_max_orphans",
            "net.ipv4.tcp_max_tw_buckets",
            "net.core.somaxconn",
            "net.netfilter.nf_conntrack_max",
            "net.netfilter.nf_conntrack_count",
            "fs.nr_open",
            "fs.file-max",
            "fs.file-nr");

    /** Of the second version of control groups, then of the first. */
    private static final List<String> MEMORY_MAX =
            List.of("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes");

    private HostReader() {}

    /** The machine as this process sees it; a limit that cannot be read is absent. */
    public static Host read() {
        Map<String, String> limits = new TreeMap<>();
        SYSCTLS.forEach(name -> put(limits, name, "/proc/sys/" + name.replace('.', '/')));
        MEMORY_MAX.forEach(file -> put(limits, "memory.max", file));
        long self = ProcessHandle.current().pid();
        String own = ProcessFiles.text(self, "limits").orElse("");
        putLimit(limits, "nofile", ProcText.openFilesLimit(own));
        putLimit(limits, "nproc", ProcText.limit(own, "Max processes"));
        ProcText.capabilities(ProcessFiles.text(self, "status").orElse(""))
                .ifPresent(set -> limits.put("capabilities", Long.toHexString(set)));
        String meminfo = text("/proc/meminfo");
        putLimit(limits, "memory.available", ProcText.kilobytes(meminfo, "MemAvailable"));
        return new Host(
                text("/proc/sys/kernel/osrelease").strip(),
                Runtime.getRuntime().availableProcessors(),
                ProcText.kilobytes(meminfo, "MemTotal").orElse(0),
                limits);
    }

    private static void put(Map<String, String> limits, String name, String file) {
        String value = text(file).strip().replaceAll("\\s+", " ");
        if (!value.isEmpty()) {
            limits.put(name, value);
        }
    }

    private static void putLimit(Map<String, String> limits, String name, OptionalLong limit) {
        limit.ifPresent(value -> limits.put(name, value == Long.MAX_VALUE ? "unlimited" : Long.toString(value)));
    }

    private static String text(String file) {
        try {
            return SmallFile.text(Path.of(file));
        } catch (IOException absent) {
            return "";
        }
    }
}
