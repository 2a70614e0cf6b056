package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class UnhinderedTest {
    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void noInterruptionIsLeftToTheNextTest() {
        boolean _ = Thread.interrupted();
    }

    @Test
    void shouldDoWhatAnInterruptedCallerCouldNot() throws IOException {
        Thread.currentThread().interrupt();

        Unhindered.run(this::write);

        assertThat(folder.resolve("done")).hasContent("x");
        assertThat(Thread.currentThread().isInterrupted()).as("put back").isTrue();
    }

    @Test
    void shouldGoOnWhenTheSignalComesInTheMiddle() throws IOException {
        Thread caller = Thread.currentThread();
        List<String> steps = new ArrayList<>();

        Unhindered.run(() -> {
            for (String step : List.of("container", "network", "volume")) {
                caller.interrupt();
                write();
                steps.add(step);
            }
        });

        assertThat(steps).containsExactly("container", "network", "volume");
        assertThat(Thread.currentThread().isInterrupted()).as("put back").isTrue();
    }

    @Test
    void shouldFailAsTheWorkDoes() {
        assertThatThrownBy(() -> Unhindered.run(() -> {
                    throw new IOException("the engine keeps it");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the engine keeps it");
        assertThatThrownBy(() -> Unhindered.run(() -> {
                    throw new IllegalArgumentException("odd");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** As a call to an engine, it fails on a thread that is interrupted. */
    private void write() throws IOException {
        try (FileChannel file = FileChannel.open(
                folder.resolve("done"),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            assertThat(file.write(ByteBuffer.wrap(new byte[] {'x'}))).isEqualTo(1);
        }
    }
}
