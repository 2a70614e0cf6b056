package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldGiveEachRunAFolderOfItsOwnWhenTwoStartInOneSecond() {
        Path runs = folder.resolve("runs");

        assertThat(Runs.newFolder(runs, "20260101-000000-hold")).isEqualTo(runs.resolve("20260101-000000-hold"));
        assertThat(Runs.newFolder(runs, "20260101-000000-hold")).isEqualTo(runs.resolve("20260101-000000-hold-2"));
    }
}
