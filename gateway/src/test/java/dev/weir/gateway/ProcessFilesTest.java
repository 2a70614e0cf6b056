package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessFilesTest {
    @TempDir
    private Path directory;

    @Test
    void shouldLeaveWhatAnotherProcessWrote() throws Exception {
        Path pid = Files.writeString(directory.resolve("pid"), "1\n");
        Path ready = directory.resolve("ready");
        ProcessFiles files = new ProcessFiles(Optional.of(pid), Optional.of(ready));

        files.remove();
        assertThat(pid).hasContent("1\n");

        files.write(List.of(1), 2);
        Files.writeString(pid, "1\n");
        files.remove();
        assertThat(pid).hasContent("1\n");
        assertThat(ready).doesNotExist();
    }
}
