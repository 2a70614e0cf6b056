package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.ProxyMemoryReport;
import dev.weir.loadgen.scenario.ProxyMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two rows that settle what the field report got wrong, small. */
@Timeout(180)
class ProxyMemoryIT {
    private static final int READERS = 12;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFindTheMemoryInTheProxyOnlyWhereItsOneBufferIsLarge() throws IOException {
        HostState before = HostState.read();

        RunRecord buffer = run("buffer-2m");
        RunRecord bounded = run("notsent-lowat");

        assertThat(rise(buffer, "edge", "process", "pss") / READERS).isGreaterThan(1.5e6);
        assertThat(rise(bounded, "edge", "process", "pss") / READERS).isLessThan(2e5);
        for (String proxy : List.of("edge", "ingress")) {
            assertThat(rise(bounded, proxy, "ss", "down.sendq"))
                    .as("bytes that the %s could not send on", proxy)
                    .isPositive()
                    .isLessThan(rise(buffer, proxy, "ss", "down.sendq") / 10);
        }
        List<String> table = ProxyMemoryReport.lines(List.of(buffer, bounded));
        assertThat(table.get(1)).startsWith("buffer-2m").contains("12 of 12");
        assertThat(table.get(2)).startsWith("notsent-lowat").contains("12 of 12");
        assertThat(HostState.read()).isEqualTo(before);
    }

    private RunRecord run(String row) {
        RunRecord record = Lab.run(new ProxyMemory(), row, Lab.wish(READERS, Map.of()), folder.resolve(row));
        Lab.assertAsExpected(record);
        return record;
    }

    private static double rise(RunRecord record, String hop, String probe, String key) {
        return record.evidence().stream()
                .filter(item -> item.hop().equals(hop)
                        && item.probe().equals(probe)
                        && item.key().equals(key))
                .mapToDouble((Evidence item) -> item.after() - item.before())
                .findFirst()
                .orElse(0);
    }
}
