package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldRefuseASecondHolderUntilTheFirstIsDone() {
        Path file = folder.resolve("new").resolve("lock");
        ProcessLock first = ProcessLock.take(file).orElseThrow();

        assertThat(ProcessLock.take(file)).isEmpty();

        first.close();
        assertThat(ProcessLock.take(file)).isPresent();
    }
}
