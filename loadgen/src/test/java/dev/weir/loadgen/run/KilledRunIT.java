package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.topology.Leftovers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run that was killed leaves on this host, {@code weir down} and the next run remove. */
@Timeout(120)
class KilledRunIT {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"changes settings", "chain up", "limit:", "ramp:", "broadcast:"})
    void shouldLeaveNothingThatCannotBeRemovedWhenKilledAfter(String progress) throws Exception {
        // Of runs that were killed before, which the removal under test would find too.
        Leftovers.remove();
        HostState before = HostState.read();
        killAfter(progress);

        List<String> removed = Leftovers.remove();

        if (!progress.equals("changes settings")) {
            assertThat(removed).anyMatch(line -> line.contains("namespace"));
        }
        if (progress.equals("limit:") || progress.equals("ramp:")) {
            assertThat(removed).anyMatch(line -> line.contains("nf_conntrack_max"));
        }
        assertThat(HostState.read()).isEqualTo(before);
        assertThat(Leftovers.remove()).as("nothing is left for a second time").isEmpty();
        assertThat(processesOfTheRun()).isEmpty();
    }

    private void killAfter(String progress) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dweir.home=" + Lab.home(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weir.loadgen.Main"));
        command.addAll(List.of("run", "conntrack-full", "--variant", "notrack", "-c", "60", "-o", folder.toString()));
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = run.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.strip().startsWith(progress)) {
                said.append(line).append('\n');
                line = lines.readLine();
            }
            assertThat(line).as(said.toString()).isNotNull();
            // By its handle: the streams stay open until here.
            run.toHandle().destroyForcibly();
            assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Supervisors see their pipe close and end what they started; removal kills what is inside a namespace. */
    private List<String> processesOfTheRun() throws InterruptedException {
        List<String> left = List.of("unknown");
        for (int tries = 0; tries < 100 && !left.isEmpty(); tries++) {
            left = ProcessHandle.allProcesses()
                    .flatMap(process -> process.info().commandLine().stream())
                    .filter(line -> line.contains(folder.toString()))
                    .toList();
            if (!left.isEmpty()) {
                Thread.sleep(100);
            }
        }
        return left;
    }
}
