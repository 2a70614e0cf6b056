package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ProxyMemory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two rows of ten readers: one whose edge has huge buffers, one whose kernel queues all. */
final class ProxyMemoryReportTest {
    private static final int READERS = 10;

    private final List<String> lines = ProxyMemoryReport.lines(List.of(
            run("buffer-2m", List.of(edge(20e6), kernel(2_441))),
            run("plain", List.of(edge(200_000), kernel(24_414)))));

    @Test
    void shouldTellTheProxysOwnMemoryFromTheKernels() {
        assertThat(cells(lines.get(1))).startsWith("buffer-2m", "2.0 MB", "-", "1000 KB");
        assertThat(cells(lines.get(2))).startsWith("plain", "20 KB", "-", "10.0 MB");
    }

    @Test
    void shouldShowWhatASettingCosts() {
        // 384 messages of 32 KB to ten readers in half a second, 0.25 s of the edge's processor.
        assertThat(lines.get(1)).contains("10 of 10").contains("252").endsWith("1.99        -        -");
    }

    @Test
    void shouldLeaveOutWhatWasNotRead() {
        List<String> unread = ProxyMemoryReport.lines(List.of(run("plain", List.of())));

        assertThat(cells(unread.get(1))).startsWith("plain", "-", "-", "-", "-", "-", "-", "-");
    }

    @Test
    void shouldDrawBothParts() {
        assertThat(lines).anyMatch(line -> line.startsWith("buffer-2m  █") && line.endsWith("░"));
        assertThat(lines).anyMatch(line -> line.startsWith("plain      ░") && !line.contains("█"));
    }

    private static String[] cells(String line) {
        return line.split(" {2,}", -1);
    }

    private static Evidence edge(double bytes) {
        return new Evidence("e1", "edge", "process", "pss", "bytes", 3e6, 3e6 + bytes, 3e6 + bytes);
    }

    private static Evidence kernel(double pages) {
        return new Evidence("e2", "host", "sockstat", "TCP.mem", "pages", 10, 10 + pages, 10 + pages);
    }

    private static RunRecord run(String variant, List<Evidence> evidence) {
        RunRecord some = Records.idleTimeout();
        Phase hold = some.phases().getLast();
        Phase ramp = phase(hold, "ramp", READERS, Deliveries.NONE);
        Phase stream = phase(hold, ProxyMemory.STREAM, 0, new Deliveries(384, 3_840, 3_840, 0, 0, 0))
                .with(List.of(), List.of(new HopCost("edge", 0.25, 0.5, 0, 0)), List.of());
        return new RunRecord(
                some.record(),
                some.weir(),
                "proxy-oom",
                variant,
                "netns",
                1,
                some.started(),
                Map.of(),
                Map.of(),
                some.host(),
                List.of(),
                List.of(ramp, stream),
                evidence,
                List.of(),
                List.of(),
                some.verdict(),
                List.of(),
                List.of());
    }

    private static Phase phase(Phase like, String name, int opened, Deliveries deliveries) {
        return new Phase(
                name,
                0,
                500,
                new Connections(READERS, opened, READERS, List.of(), List.of()),
                deliveries,
                Deliveries.NONE,
                like.latencyMillis(),
                like.generator());
    }
}
