package dev.weir.loadgen.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LinesIT {
    @Test
    void shouldHearALine() throws IOException {
        assertThat(heard("hello\n")).isEqualTo("hello");
    }

    @Test
    void shouldNotKeepALineThatIsTooLong() {
        assertThatThrownBy(() -> heard("x".repeat(5_000) + "\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most 4096 characters");
    }

    private static String heard(String text) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket sender = new Socket(server.getInetAddress(), server.getLocalPort());
                Lines lines = new Lines(server.accept())) {
            sender.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return lines.greeting();
        }
    }
}
