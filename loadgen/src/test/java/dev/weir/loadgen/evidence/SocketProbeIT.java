package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void shouldCountNoSocketTwiceWhenTheKernelStopsHalfWay() throws Exception {
        SocketProbe probe = asking((pid, family, detailed, rowsMax, into) -> {
            SocketRow.parse("ESTAB 100 0 127.0.0.1:8080 127.0.0.1:40000").ifPresent(into::take);
            throw KernelRefusal.ofCall("recv", 11);
        });

        assertThat(probe.read())
                .filteredOn(reading -> reading.key().equals("down.recvq"))
                .extracting(Reading::value)
                .containsExactly(7.0);
        assertThat(probe.usesTools()).as("the kernel is asked again").isFalse();
    }

    @Test
    void shouldAskTheKernelAgainUnlessItRefusesForGood() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        SocketProbe gone = asking((pid, family, detailed, rowsMax, into) -> {
            asked.incrementAndGet();
            throw KernelRefusal.ofCall("open", 2);
        });
        SocketProbe forbidden = asking((pid, family, detailed, rowsMax, into) -> {
            throw KernelRefusal.ofCall("setns", 1);
        });

        gone.read();
        int once = asked.get();
        gone.read();
        forbidden.read();

        assertThat(asked.get()).isGreaterThan(once);
        assertThat(gone.usesTools()).isFalse();
        assertThat(forbidden.usesTools()).isTrue();
    }

    private static SocketProbe asking(SocketProbe.Kernel kernel) {
        return new SocketProbe(
                "host",
                List.of(edge()),
                ProcessHandle.current().pid(),
                List.of("sh", "-c", "echo 'ESTAB 7 0 127.0.0.1:8080 127.0.0.1:40000'"),
                kernel);
    }

    private static SocketProbe probe(String script) {
        return new SocketProbe("host", List.of(edge()), List.of("sh", "-c", script));
    }

    private static HopTarget edge() {
        return HopTarget.ofProcess(
                        "edge", HopKind.NGINX, ProcessHandle.current().pid())
                .withPorts(List.of(8080), List.of());
    }
}
