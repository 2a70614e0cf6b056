package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Memory control groups of one run, each under the run's own, in the first version of control groups or the second.
 *
 * <p>On the first version what sockets queue in the kernel is not charged to a group; on the second it is.
 */
final class MemoryGroups {
    private static final Path FIRST = Path.of("/sys/fs/cgroup/memory");
    private static final Path SECOND = Path.of("/sys/fs/cgroup");

    private final Ledger ledger;
    private final String id;

    /**
     * @param ledger takes what is made
     * @param id the run's group, e.g. {@code weir-3fa91c}
     */
    MemoryGroups(Ledger ledger, String id) {
        this.ledger = ledger;
        this.id = id;
    }

    /**
     * Makes a group.
     *
     * @param name of the hop
     * @param limitBytes beyond which the kernel kills in it
     * @return the file that takes the process ids of those who enter
     * @throws LabException of kind ENVIRONMENT when this host does not let us
     */
    Path make(String name, long limitBytes) {
        boolean first = Files.exists(FIRST.resolve("memory.limit_in_bytes"));
        Path run = (first ? FIRST : SECOND).resolve(id);
        Path group = run.resolve(name);
        try {
            makeGroup(run);
            if (!first) {
                enable("memory", SECOND);
                enable("memory", run);
            }
            makeGroup(group);
            if (first) {
                set(group.resolve("memory.limit_in_bytes"), limitBytes);
                setIfThere(group.resolve("memory.memsw.limit_in_bytes"), limitBytes);
            } else {
                set(group.resolve("memory.max"), limitBytes);
                setIfThere(group.resolve("memory.swap.max"), 0);
            }
            return group.resolve("cgroup.procs");
        } catch (IOException e) {
            throw LabException.environment(
                    "a memory limit for %s must be settable: group=%s limit=%d; run as root on a host whose memory control groups are writable; %s"
                            .formatted(name, group, limitBytes, e),
                    e);
        }
    }

    private void makeGroup(Path group) throws IOException {
        makeGroup(ledger, group);
    }

    /** Makes a group of any controller, unless it is there. */
    static void makeGroup(Ledger ledger, Path group) throws IOException {
        if (!Files.exists(group)) {
            ledger.record(new Trace.Group(group));
            Files.createDirectory(group);
        }
    }

    /** Groups below one have the controller only when it says so. */
    static void enable(String controller, Path parent) throws IOException {
        Path control = parent.resolve("cgroup.subtree_control");
        if (!List.of(Files.readString(control).strip().split(" ", -1)).contains(controller)) {
            Files.writeString(control, "+" + controller, StandardOpenOption.WRITE);
        }
    }

    private static void set(Path file, long value) throws IOException {
        Files.writeString(file, Long.toString(value), StandardOpenOption.WRITE);
    }

    private static void setIfThere(Path file, long value) throws IOException {
        if (Files.exists(file)) {
            set(file, value);
        }
    }
}
