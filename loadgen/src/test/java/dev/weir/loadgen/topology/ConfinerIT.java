package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.loadgen.scenario.Confinement;
import dev.weir.loadgen.scenario.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConfinerIT {
    private static final long MEMORY_BYTES = 24 << 20;

    @TempDir
    private Path folder = Path.of("");

    private final Ledger ledger =
            new Ledger(Ledger.FOLDER, "weir-test-" + ProcessHandle.current().pid());

    private SupervisedProcess start(Confinement limits, String script) {
        Surroundings around = Surroundings.NONE.confine("edge", limits);
        List<String> command = new ArrayList<>(new Confiner(
                        around, ledger, "weir-test-" + ProcessHandle.current().pid())
                .prefix("edge", "edge"));
        command.addAll(List.of("sh", "-c", script));
        return SupervisedProcess.start("probe", command, folder.resolve("output.log"));
    }

    private String outputOf(SupervisedProcess process) {
        process.awaitEnd(Duration.ofSeconds(20));
        return process.lastOutput();
    }

    @Test
    void shouldStartInsideItsLimitsWithoutRoot() {
        Confinement limits = Confinement.NONE.withOpenFiles(77).withAddressSpace(100 << 20);

        assertThat(outputOf(start(limits, "ulimit -n; ulimit -H -n; ulimit -v")))
                .isEqualTo("77\n77\n102400");
    }

    @Test
    void shouldBeKilledByTheKernelBeyondItsMemoryAndLeaveNothing() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/sys/fs/cgroup/memory")), "needs root and memory control groups");

        // The shell itself grows: a variable is memory of its process.
        SupervisedProcess process = start(
                Confinement.NONE.withMemory(MEMORY_BYTES),
                "cat /proc/self/cgroup; a=0123456789abcdef; while :; do a=$a$a; done");
        process.awaitEnd(Duration.ofSeconds(20));

        assertThat(process.exitCode()).as("killed: 128 + 9").isEqualTo(137);
        Path group = Path.of(
                "/sys/fs/cgroup/memory/weir-test-" + ProcessHandle.current().pid());
        assertThat(group.resolve("edge/memory.oom_control")).content().contains("oom_kill 1");
        ledger.close();
        assertThat(group).doesNotExist();
        assertThat(Ledger.FOLDER.resolve("weir-test-" + ProcessHandle.current().pid() + ".ledger"))
                .doesNotExist();
    }

    @Test
    void shouldRemoveAGroupWhoseProcessesAreStillThere() throws IOException, InterruptedException {
        assumeTrue(Files.isWritable(Path.of("/sys/fs/cgroup/memory")), "needs root and memory control groups");
        SupervisedProcess process = start(Confinement.NONE.withMemory(MEMORY_BYTES), "echo up; exec sleep 600");
        while (!process.lastOutput().contains("up")) {
            Thread.sleep(10);
        }

        ledger.close();

        process.awaitEnd(Duration.ofSeconds(5));
        assertThat(process.exitCode()).isEqualTo(137);
    }
}
