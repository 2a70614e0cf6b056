package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of an {@code ss} that does not come to its end; a shell plays it. */
final class SocketProbeIT {
    private static final String ROW = "echo 'ESTAB 0 0 127.0.0.1:8080 127.0.0.1:40000'; ";

    @Test
    void shouldReadRowsWhenItEndsWell() throws Exception {
        assertThat(probe(ROW).read())
                .filteredOn(reading -> reading.key().equals("rows"))
                .extracting(Reading::value)
                .containsExactly(1.0);
    }

    @Test
    void shouldSayWhyWhenItFailsHalfWay() {
        assertThatThrownBy(() -> probe(ROW + "echo 'RTNETLINK answers: No such file' >&2; exit 2")
                        .read())
                .isInstanceOf(IOException.class)
                .hasMessage("ss ended with exit code 2 after 1 sockets: RTNETLINK answers: No such file");
    }

    @Test
    void shouldBeMissingWhenTheDeadlineEndsIt() {
        assertThatThrownBy(() -> probe(ROW + "exec sleep 30").read())
                .isInstanceOf(IOException.class)
                .hasMessage("ss did not end within 2000 ms, after 1 sockets");
    }

    private static SocketProbe probe(String script) {
        HopTarget edge = HopTarget.ofProcess(
                        "edge", HopKind.NGINX, ProcessHandle.current().pid())
                .withPorts(List.of(8080), List.of());
        return new SocketProbe("host", List.of(edge), List.of("sh", "-c", script));
    }
}
