package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The control group that a hop's process is in: memory used and allowed, kills, and the kernel's socket memory in it.
 *
 * <p>{@code sock} is charged to the group on version 2 only; on version 1 it stands apart as {@code tcp} and no limit of {@code memory} counts it.
 * What of the usage is {@code memory.inactive-file} is taken back before anybody is killed.
 * A hop in the root group has no limit and no kills of its own: only {@code limited} 0 is told of it.
 *
 * <p><b>Threading:</b> one thread at a time. It remembers the folder, so that the group's counters can be read after the process has ended.
 */
final class CgroupProbe implements Probe {
    static final String NAME = "cgroup";

    private final HopTarget target;
    private boolean isLimited;
    private Cgroup.@org.jspecify.annotations.Nullable Membership membership;

    CgroupProbe(HopTarget target) {
        this.target = target;
    }

    @Override
    public String hop() {
        return target.name();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A group without a limit kills nobody: it is looked at now and then. */
    @Override
    public long periodMillis() {
        return isLimited ? 1_000 : 5_000;
    }

    @Override
    public List<Reading> read() throws IOException {
        Cgroup.Membership group = membership();
        Path folder = Cgroup.folder("memory", group);
        List<Reading> readings = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " does not exist");
        }
        if (group.version() == 1) {
            first(folder, readings);
        } else if (Files.exists(folder.resolve("memory.current"))) {
            second(folder, readings);
        }
        isLimited = readings.stream().anyMatch(reading -> reading.key().equals("memory.limit"));
        put(readings, "limited", "1", isLimited ? 1 : 0);
        return readings;
    }

    private Cgroup.Membership membership() throws IOException {
        Cgroup.Membership known = membership;
        if (known == null) {
            String text = ProcessFiles.text(target.pid(), "cgroup")
                    .orElseThrow(() -> new IOException("no process " + target.pid()));
            known = Cgroup.memory(text).orElseThrow(() -> new IOException("no control group of memory"));
            membership = known;
        }
        return known;
    }

    private void first(Path folder, List<Reading> into) throws IOException {
        put(into, "memory.usage", "bytes", number(folder.resolve("memory.usage_in_bytes")));
        Cgroup.limit(SmallFile.text(folder.resolve("memory.limit_in_bytes")))
                .ifPresent(limit -> put(into, "memory.limit", "bytes", limit));
        flat(folder, "memory.oom_control", Map.of("oom_kill", "oom_kill"), "1", into);
        flat(
                folder,
                "memory.stat",
                Map.of("total_rss", "memory.anon", "total_inactive_file", "memory.inactive-file"),
                "bytes",
                into);
        Path tcp = folder.resolve("memory.kmem.tcp.usage_in_bytes");
        if (Files.exists(tcp)) {
            put(into, "tcp", "bytes", number(tcp));
        }
    }

    private void second(Path folder, List<Reading> into) throws IOException {
        put(into, "memory.usage", "bytes", number(folder.resolve("memory.current")));
        Cgroup.limit(SmallFile.text(folder.resolve("memory.max")))
                .ifPresent(limit -> put(into, "memory.limit", "bytes", limit));
        flat(folder, "memory.events", Map.of("oom_kill", "oom_kill", "max", "memory.at-limit"), "1", into);
        flat(
                folder,
                "memory.stat",
                Map.of("anon", "memory.anon", "inactive_file", "memory.inactive-file", "sock", "sock"),
                "bytes",
                into);
        Path cpu = folder.resolve("cpu.stat");
        if (Files.exists(cpu)) {
            flat(folder, "cpu.stat", Map.of("nr_throttled", "cpu.throttled"), "1", into);
        }
    }

    private void flat(Path folder, String file, Map<String, String> kept, String unit, List<Reading> into)
            throws IOException {
        Map<String, Long> values = Cgroup.flat(SmallFile.text(folder.resolve(file)));
        kept.forEach((name, key) -> {
            Long value = values.get(name);
            if (value != null) {
                put(into, key, unit, value);
            }
        });
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(SmallFile.text(file).strip());
    }

    private void put(List<Reading> into, String key, String unit, long value) {
        into.add(new Reading(target.name(), NAME, key, unit, value));
    }
}
