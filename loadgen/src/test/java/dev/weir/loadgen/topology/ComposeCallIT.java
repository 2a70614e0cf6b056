package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Short commands; a shell plays them. */
@Timeout(20)
class ComposeCallIT {
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void noInterruptionIsLeftToTheNextTest() {
        boolean _ = Thread.interrupted();
    }

    @Test
    void shouldGiveWhatItPrintsOrItsComplaint() throws IOException {
        assertThat(ComposeCall.output(shell("echo 2.30; echo odd >&2"), LONG)).isEqualTo("2.30\n");
        assertThatThrownBy(() -> ComposeCall.output(shell("echo 2.30; echo no such file >&2; exit 1"), LONG))
                .isInstanceOf(IOException.class)
                .hasMessage("no such file");
    }

    @Test
    void shouldEndOneThatTakesTooLong() throws Exception {
        assertThatThrownBy(() -> ComposeCall.output(
                        shell("echo $$ > pid; echo asking the engine >&2; exec sleep 600"), Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("sh did not end within 1000 ms: asking the engine");

        assertEnded();
    }

    @Test
    void shouldEndItWhenASignalComes() throws Exception {
        Thread caller = Thread.currentThread();
        Thread signal = Thread.ofVirtual().start(() -> {
            while (!Files.exists(folder.resolve("ready"))) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });

        assertThatThrownBy(() -> ComposeCall.output(shell("echo $$ > pid; : > ready; exec sleep 600"), LONG))
                .isInstanceOf(IOException.class)
                .hasMessage("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        signal.join();

        assertEnded();
    }

    private void assertEnded() throws Exception {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        ProcessHandle.of(pid).ifPresent(left -> assertThat(left.onExit()).succeedsWithin(5, TimeUnit.SECONDS));
    }

    private ProcessBuilder shell(String script) {
        return new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
    }
}
