package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ErrorLogProbeIT {
    private static final String LINE =
            "2026/11/21 10:00:00 [notice] 12#12: gracefully shutting down" + " ".repeat(4_000) + "\n";

    @TempDir
    Path folder;

    @Test
    void shouldCountAllWhenMoreCameThanFitsOnePiece() throws Exception {
        Path log = Files.writeString(folder.resolve("error.log"), "");
        ErrorLogProbe probe = new ErrorLogProbe("edge", log);
        probe.read();
        int lines = 2 * LogTail.BYTES_PER_READ_MAX / LINE.length() + 10;
        Files.writeString(
                log, LINE.repeat(lines) + "2026/11/21 10:00:00 [notice] 12#12: grace", StandardOpenOption.APPEND);

        assertThat(graceful(probe)).isEqualTo(lines);

        Files.writeString(log, "fully; gracefully shutting down\n", StandardOpenOption.APPEND);

        assertThat(graceful(probe)).isEqualTo(lines + 1);
    }

    private static double graceful(ErrorLogProbe probe) throws IOException {
        return probe.read().stream()
                .filter(reading -> reading.key().equals("worker-graceful"))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
