package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SupervisedProcessIT {
    @TempDir
    private Path folder = Path.of("");

    private SupervisedProcess start(String script) {
        String line = "echo $$ > " + folder.resolve("pid") + "; " + script;
        return SupervisedProcess.start("probe", List.of("sh", "-c", line), folder.resolve("output.log"));
    }

    private ProcessHandle child() throws IOException, InterruptedException {
        Path pid = folder.resolve("pid");
        while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
            Thread.sleep(10);
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }

    @Test
    void shouldEndItsProcessWhenTold() throws IOException, InterruptedException {
        SupervisedProcess process = start("exec sleep 600");
        ProcessHandle child = child();

        process.terminate();
        process.awaitEnd(Duration.ofSeconds(5));

        assertThat(child.isAlive()).isFalse();
        assertThat(process.alive()).isFalse();
    }

    @Test
    void shouldKillAProcessThatDoesNotListen() throws IOException, InterruptedException {
        SupervisedProcess process = start("trap '' TERM; while :; do sleep 0.1; done");
        ProcessHandle child = child();

        process.terminate();
        process.awaitEnd(Duration.ofMillis(500));

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void shouldHandOverOnlyItsOwnSettingsWhenTheUserHasSome() {
        Map<String, String> environment = new HashMap<>(
                Map.of("PATH", "/bin", "WEIR_PORT", "1", "WEIR_API_KEY", "theirs", "JAVA_TOOL_OPTIONS", "-Xint"));

        SupervisedProcess.settle(environment, Map.of("WEIR_API_KEY", "ours"));

        assertThat(environment).containsOnly(Map.entry("PATH", "/bin"), Map.entry("WEIR_API_KEY", "ours"));
    }

    @Test
    void shouldKeepExitCodeAndLastWords() throws InterruptedException {
        SupervisedProcess process = start("echo gone wrong; exit 7");
        while (process.alive()) {
            Thread.sleep(10);
        }

        assertThat(process.exitCode()).isEqualTo(7);
        assertThat(process.lastOutput()).isEqualTo("gone wrong");
    }

    @Test
    void shouldEndItsProcessWhenWhoStartedItIsKilled() throws IOException, InterruptedException {
        // The pipe of a killed process closes; here the end that this test holds is closed by hand.
        String supervisor = new String(
                SupervisedProcess.class.getResourceAsStream("supervise.sh").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        supervisor,
                        "supervise",
                        "sh",
                        "-c",
                        "echo $$ > " + folder.resolve("pid") + "; exec sleep 600")
                .start();
        ProcessHandle child = child();

        try (OutputStream pipe = process.getOutputStream()) {
            pipe.flush();
        }

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void shouldEndWhatAKilledMasterLeaves() throws IOException, InterruptedException {
        // A master with a worker of its own, as nginx is.
        Path worker = folder.resolve("worker");
        SupervisedProcess process = start("sleep 600 & echo $! > " + worker + "; wait");
        ProcessHandle master = child();
        while (!Files.exists(worker) || Files.readString(worker).isBlank()) {
            Thread.sleep(10);
        }
        ProcessHandle left = ProcessHandle.of(
                        Long.parseLong(Files.readString(worker).strip()))
                .orElseThrow();

        master.destroyForcibly();
        process.awaitEnd(Duration.ofSeconds(5));

        assertThat(left.onExit()
                        .completeOnTimeout(left, 5, TimeUnit.SECONDS)
                        .join()
                        .isAlive())
                .isFalse();
    }
}
