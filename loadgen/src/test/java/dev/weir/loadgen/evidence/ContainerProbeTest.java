package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerProbeTest {
    @TempDir
    private Path folder = Path.of("");

    private static Map<String, Double> figures(ContainerProbe probe) throws IOException {
        return probe.read().stream().collect(Collectors.toMap(Reading::key, Reading::value));
    }

    @Test
    void shouldCountWhatHappensAfterTheFirstLook() throws IOException {
        Path events = folder.resolve("container.events");
        Files.writeString(events, "2026-11-21T06:13:00Z start\n");
        ContainerProbe probe = new ContainerProbe("edge", events);

        assertThat(figures(probe)).isEqualTo(Map.of("oom", 0.0, "die", 0.0, "start", 0.0, "exit-code", 0.0));

        Files.writeString(
                events,
                "2026-11-21T06:13:09.5Z oom\n2026-11-21T06:13:09.6Z oom\n2026-11-21T06:13:09.7Z die exitCode=137\nnothing known\n",
                StandardOpenOption.APPEND);

        assertThat(figures(probe)).isEqualTo(Map.of("oom", 2.0, "die", 1.0, "start", 0.0, "exit-code", 137.0));
    }
}
