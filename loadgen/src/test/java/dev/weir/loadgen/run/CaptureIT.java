package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ZeroWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --capture} keeps: the closed windows of a run that is about these, and nothing else. */
@Timeout(180)
class CaptureIT {
    private static final int CONNECTIONS = 300;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldKeepClosedWindowsWhenReadersStop() throws IOException, InterruptedException {
        RunRecord record = Lab.runCapturing(new ZeroWindow(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder);

        assertThat(record.missing()).extracting(Missing::probe).doesNotContain("capture");
        List<String> packets = packets(folder.resolve("capture-host.pcap"));
        assertThat(packets).anyMatch(line -> line.contains("win 0,"));
        assertThat(packets).allMatch(line -> line.contains("win 0,") || line.contains("Flags [R"));
    }

    /** One line each, as tcpdump prints them. */
    private static List<String> packets(Path file) throws IOException, InterruptedException {
        assertThat(file).exists();
        Path printed = Files.createTempFile("packets", ".txt");
        try {
            int exit = new ProcessBuilder("tcpdump", "-n", "-r", file.toString())
                    .redirectOutput(printed.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
            return Files.readString(printed, StandardCharsets.UTF_8).lines().toList();
        } finally {
            Files.delete(printed);
        }
    }
}
