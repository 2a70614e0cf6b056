package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The processor time that a hop's control group allows, and in how many of its periods there was none left. No limit is told of a hop without a quota.
 *
 * <p><b>Source:</b> Documentation/scheduler/sched-bwc.rst, cgroup-v2.rst.
 *
 * <p><b>Threading:</b> one thread at a time. It remembers the folder, so that the counters can be read after the process has ended.
 */
final class QuotaProbe implements Probe {
    private final HopTarget target;
    private @Nullable Path folder;
    private boolean isSecond;
    private boolean isLimited;

    QuotaProbe(HopTarget target) {
        this.target = target;
    }

    @Override
    public String hop() {
        return target.name();
    }

    @Override
    public String name() {
        return "cpu-quota";
    }

    /** Who has no quota is looked at now and then: one may be set meanwhile. */
    @Override
    public long periodMillis() {
        return isLimited ? 1_000 : 5_000;
    }

    @Override
    public List<Reading> read() throws IOException {
        Path known = folder;
        if (known == null) {
            String text = ProcessFiles.text(target.pid(), "cgroup")
                    .orElseThrow(() -> new IOException("no process " + target.pid()));
            Cgroup.Membership group = Cgroup.of("cpu", text).orElse(new Cgroup.Membership(1, "/"));
            isSecond = group.version() == 2;
            known = Cgroup.folder("cpu", group);
            folder = known;
        }
        if (!Files.exists(known.resolve(isSecond ? "cpu.max" : "cpu.cfs_quota_us"))) {
            return List.of();
        }
        List<Reading> readings = new ArrayList<>();
        Map<String, Long> stat = Cgroup.flat(SmallFile.text(known.resolve("cpu.stat")));
        readings.add(new Reading(target.name(), name(), "periods", "1", stat.getOrDefault("nr_periods", 0L)));
        readings.add(new Reading(target.name(), name(), "throttled", "1", stat.getOrDefault("nr_throttled", 0L)));
        OptionalDouble quota = quota(known);
        isLimited = quota.isPresent();
        quota.ifPresent(share -> readings.add(new Reading(target.name(), name(), "limit", "share", share)));
        return readings;
    }

    /** Processors that may be used on average; empty when there is no quota. */
    private OptionalDouble quota(Path group) throws IOException {
        String[] words = isSecond
                ? SmallFile.text(group.resolve("cpu.max")).strip().split(" ", -1)
                : new String[] {
                    SmallFile.text(group.resolve("cpu.cfs_quota_us")).strip(),
                    SmallFile.text(group.resolve("cpu.cfs_period_us")).strip()
                };
        return words.length == 2 && words[0].matches("\\d{1,12}") && words[1].matches("[1-9]\\d{0,11}")
                ? OptionalDouble.of(Double.parseDouble(words[0]) / Double.parseDouble(words[1]))
                : OptionalDouble.empty();
    }
}
