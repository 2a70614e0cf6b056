package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Renders every golden case; {@code -Dgolden.update} writes the results instead of comparing them. */
final class GoldenTest {

    static List<Path> files() throws IOException {
        return Goldens.files();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void shouldRenderWhatTheGoldenSays(Path file, @TempDir Path scratch) throws IOException {
        var golden = Goldens.read(file);
        var expected = Files.readString(file);
        var actual = golden.input() + GoldenCase.SEPARATOR + Goldens.run(golden, scratch);
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, actual);
            return;
        }
        assertThat(actual).isEqualTo(expected);
    }
}
