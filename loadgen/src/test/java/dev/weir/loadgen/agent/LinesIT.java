package dev.weir.loadgen.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LinesIT {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void shouldHearWhoGreetsInTime() throws IOException {
        assertThat(heard("hello\n", Lines.GREETING_SECONDS_MAX)).isEqualTo("hello");
    }

    @Test
    void shouldNotWaitForWhoSendsALetterNowAndThen() {
        assertThatThrownBy(() -> heard("hello\n", Lines.GREETING_SECONDS_MAX + 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the greeting must end within 30 s");
    }

    @Test
    void shouldNotKeepALineThatIsTooLong() {
        assertThatThrownBy(() -> heard("x".repeat(5_000) + "\n", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most 4096 characters");
    }

    /** What is heard of a text whose letters come that long after the beginning. */
    private String heard(String text, long seconds) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket sender = new Socket(server.getInetAddress(), server.getLocalPort());
                Lines lines = new Lines(server.accept(), nanos::get)) {
            sender.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            nanos.set(TimeUnit.SECONDS.toNanos(seconds));
            return lines.greeting();
        }
    }
}
