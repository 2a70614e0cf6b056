package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the kernel logged since the first read, by {@code dmesg}.
 *
 * <p>The end of the log is remembered by its last line, not by the clock: the log's own clock stands still in a machine that was suspended.
 * Every message is reported, also at 0. A kill stands under the hop whose process or control group it was, and under {@code host} in any case.
 *
 * <p><b>Threading:</b> one thread at a time. <b>Bounds:</b> one {@code dmesg} every fifteen seconds, some 40 ms with the process that it takes; process ids of the hops' workers
 * are kept for the length of the run.
 */
final class KernelLogProbe implements Probe {
    static final String NAME = "kernel-log";

    private final List<HopTarget> hops;
    private final Map<Long, String> hopByPid = new HashMap<>();
    private final Map<String, Set<String>> hopsByGroup = new HashMap<>();
    private final Map<KernelLine.Message, Long> counts = new EnumMap<>(KernelLine.Message.class);
    private final Map<String, Long> killsByHop = new LinkedHashMap<>();
    private final Map<String, Long> bytesByHop = new LinkedHashMap<>();
    private Optional<String> lastLine = Optional.empty();
    private boolean started;

    KernelLogProbe(List<HopTarget> hops) {
        this.hops = List.copyOf(hops);
    }

    @Override
    public String hop() {
        return EvidenceCollector.HOST;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long periodMillis() {
        return 15_000;
    }

    @Override
    public boolean usesTools() {
        return true;
    }

    @Override
    public List<Reading> read() throws IOException {
        List<String> lines =
                ShortCommand.output(List.of(), List.of("dmesg")).lines().toList();
        know();
        if (started) {
            fresh(lines).forEach(line -> KernelLine.parse(line).ifPresent(this::count));
        }
        started = true;
        if (!lines.isEmpty()) {
            lastLine = Optional.of(lines.getLast());
        }
        return readings();
    }

    /** What stands behind the line that was the last; all when that one is gone from the ring. */
    private List<String> fresh(List<String> lines) {
        int last = lastLine.map(lines::lastIndexOf).orElse(-1);
        return lines.subList(last + 1, lines.size());
    }

    /** Which processes and groups belong to which hop; workers come and go. */
    private void know() {
        for (HopTarget hop : hops) {
            hopByPid.put(hop.pid(), hop.name());
            ProcessFiles.children(hop.pid()).forEach(child -> hopByPid.put(child, hop.name()));
            ProcessFiles.text(hop.pid(), "cgroup").flatMap(Cgroup::memory).ifPresent(group -> hopsByGroup
                    .computeIfAbsent(group.path(), path -> new HashSet<>())
                    .add(hop.name()));
        }
    }

    private void count(KernelLine line) {
        counts.merge(line.message(), 1L, Long::sum);
        Optional<String> hop = hopOf(line);
        if (line.message() == KernelLine.Message.OOM_KILL) {
            hop.ifPresent(name -> {
                hopByPid.put(line.pid(), name);
                killsByHop.merge(name, 1L, Long::sum);
            });
        }
        if (line.message() == KernelLine.Message.OOM_VICTIM) {
            hop.ifPresent(name -> bytesByHop.merge(name, line.residentBytes(), Math::max));
        }
    }

    private Optional<String> hopOf(KernelLine line) {
        Optional<String> byPid = Optional.ofNullable(hopByPid.get(line.pid()));
        Set<String> sharing = hopsByGroup.getOrDefault(line.group(), Set.of());
        return byPid.or(() -> sharing.size() == 1 ? sharing.stream().findFirst() : Optional.empty())
                .or(() -> onlyOneThatRuns(line.task()));
    }

    /** A task's name is that of one hop when no other hop runs the same program. */
    private Optional<String> onlyOneThatRuns(String task) {
        List<HopTarget> same =
                hops.stream().filter(hop -> hop.kind().id().equals(task)).toList();
        return same.size() == 1 ? Optional.of(same.getFirst().name()) : Optional.empty();
    }

    private List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (KernelLine.Message message : KernelLine.Message.values()) {
            readings.add(new Reading(hop(), NAME, message.id(), "1", counts.getOrDefault(message, 0L)));
        }
        killsByHop.forEach((hop, kills) -> readings.add(new Reading(hop, NAME, "oom-kill", "1", kills)));
        bytesByHop.forEach((hop, bytes) -> readings.add(new Reading(hop, NAME, "oom-kill.resident", "bytes", bytes)));
        return readings;
    }
}
