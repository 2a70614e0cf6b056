package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Control groups of one run that bound processor time, each under the run's own, in the first version of control groups or the second.
 *
 * <p><b>Source:</b> Documentation/scheduler/sched-bwc.rst: who has used up a period's quota is stopped until the next.
 */
final class ProcessorGroups {
    private static final Path FIRST = Path.of("/sys/fs/cgroup/cpu");
    private static final Path SECOND = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 100_000;
    private static final long MILLICORES = 1_000;

    private final Ledger ledger;
    private final String id;
    private final Map<Path, Long> quotas = new LinkedHashMap<>();

    /**
     * @param ledger takes what is made
     * @param id the run's group, e.g. {@code weir-3fa91c}
     */
    ProcessorGroups(Ledger ledger, String id) {
        this.ledger = ledger;
        this.id = id;
    }

    /**
     * Makes a group, without a quota until {@link #squeeze}.
     *
     * @param name of the hop
     * @param millicores thousandths of a processor
     * @return the file that takes the process ids of those who enter
     * @throws LabException of kind ENVIRONMENT when this host does not let us
     */
    Path make(String name, long millicores) {
        boolean first = isFirst();
        Path run = (first ? FIRST : SECOND).resolve(id);
        Path group = run.resolve(name);
        try {
            MemoryGroups.makeGroup(ledger, run);
            if (!first) {
                MemoryGroups.enable("cpu", SECOND);
                MemoryGroups.enable("cpu", run);
            }
            MemoryGroups.makeGroup(ledger, group);
            quotas.put(group, PERIOD_MICROS * millicores / MILLICORES);
            return group.resolve("cgroup.procs");
        } catch (IOException e) {
            throw refused(group, e);
        }
    }

    /**
     * Gives every group its quota from now on.
     *
     * @throws LabException of kind ENVIRONMENT when this host does not let us
     */
    void squeeze() {
        quotas.forEach((group, quotaMicros) -> {
            try {
                if (isFirst()) {
                    set(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
                    set(group.resolve("cpu.cfs_quota_us"), Long.toString(quotaMicros));
                } else {
                    set(group.resolve("cpu.max"), quotaMicros + " " + PERIOD_MICROS);
                }
            } catch (IOException e) {
                throw refused(group, e);
            }
        });
    }

    private static boolean isFirst() {
        return Files.exists(FIRST.resolve("cpu.cfs_period_us"));
    }

    private static LabException refused(Path group, IOException e) {
        return LabException.environment(
                "a limit of processor time must be settable: group=" + group
                        + "; run as root on a host whose cpu control groups are writable; " + e,
                e);
    }

    private static void set(Path file, String value) throws IOException {
        Files.writeString(file, value, StandardOpenOption.WRITE);
    }
}
