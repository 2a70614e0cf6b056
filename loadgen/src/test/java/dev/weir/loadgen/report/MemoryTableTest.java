package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two nginx workers of 9,506 slots with 10,000 WebSockets, and what the kernel had for them. */
final class MemoryTableTest {
    private static RunRecord holding(long held) {
        RunRecord some = Records.idleTimeout();
        Phase hold = some.phases().getLast();
        Phase end = new Phase(
                "hold",
                0,
                3_000,
                new Connections(held, held, held, List.of(), List.of()),
                Deliveries.NONE,
                Deliveries.NONE,
                hold.latencyMillis(),
                hold.generator());
        return new RunRecord(
                some.record(),
                some.weir(),
                "hold",
                "plain",
                "local",
                1,
                some.started(),
                some.requested(),
                Map.of(
                        "edge.worker_processes", "2",
                        "edge.worker_connections", "9506",
                        "edge.proxy_buffer_size", "4k",
                        "edge.client_header_buffer_size", "2k"),
                some.host(),
                List.of(new Hop("edge", "nginx", "1.22.1", List.of(17L), "")),
                List.of(end),
                List.of(
                        new Evidence("e1", "edge", "process", "pss", "bytes", 9.8e6, 202e6, 202e6),
                        new Evidence("e2", "edge", "process", "master.pss", "bytes", 2.4e6, 2.4e6, 2.4e6),
                        new Evidence("e3", "host", "host", "memory.kernel", "bytes", 40e6, 102e6, 100e6),
                        new Evidence("e4", "host", "sockstat", "TCP.alloc", "1", 60, 20_060, 20_060)),
                List.of(),
                List.of(),
                some.verdict(),
                List.of(),
                List.of());
    }

    @Test
    void shouldShowTheModelBesideWhatWasMeasured() {
        List<String> lines = MemoryTable.lines(holding(10_000));

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).matches("edge +12.2 MB +204.4 MB +20,440 +20,437 +-0 %"))
                .anySatisfy(line -> assertThat(line).matches("kernel sockets +0 B +60.0 MB +6,000 +6,200 +\\+3 %"))
                .anySatisfy(line -> assertThat(line).matches("agents +- +- +- +[0-9,]+ +-"))
                .anySatisfy(line -> assertThat(line).matches("edge +█{30}"));
    }

    @Test
    void shouldShowNothingWhenFewConnectionsWereHeld() {
        assertThat(MemoryTable.lines(holding(999))).isEmpty();
    }
}
