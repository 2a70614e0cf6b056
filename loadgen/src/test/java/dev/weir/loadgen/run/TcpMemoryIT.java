package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.TcpMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TcpMemoryIT {
    private static final int CONNECTIONS = 500;
    private static final Path TCP_MEM = Path.of("/proc/sys/net/ipv4/tcp_mem");

    @TempDir
    private Path folder = Path.of("");

    private String before = "";

    @BeforeEach
    void remember() throws IOException {
        assumeThat(Files.isWritable(TCP_MEM)).isTrue();
        before = Files.readString(TCP_MEM);
    }

    @AfterEach
    void shouldHavePutTheHostBack() throws IOException {
        assertThat(Files.readString(TCP_MEM)).isEqualTo(before);
    }

    @Test
    void shouldBeResetByTheKernelWhenQueuesTakeMoreThanTcpMem() {
        RunRecord record = run("broken");

        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.TCP_MEMORY);
        assertThat(top.hop()).isEqualTo("host");
        assertThat(top.rank()).isEqualTo(Rank.CERTAIN);
        assertThat(peak(record, "tcp_mem.share"))
                .as("the ceiling was really passed")
                .isGreaterThan(1);
    }

    @Test
    void shouldStayBelowTheSameTcpMemWhenQueuesAreBounded() {
        assertNotNamed(run("fixed"));
    }

    @Test
    void shouldStayBelowTheTcpMemOfThisHostWithTheSameQueues() {
        assertNotNamed(run("raised"));
    }

    @Test
    void shouldBeRefusedBeforeAnythingStartsWhenTheHostMustStayAsItIs() {
        assertThatThrownBy(() ->
                        Lab.runOnThisHostAsItIs(new TcpMemory(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("settings=net.ipv4.tcp_mem")
                .hasMessageContaining("--no-host-changes");
        assertThat(folder).isEmptyDirectory();
    }

    private RunRecord run(String variant) {
        RunRecord record = Lab.run(new TcpMemory(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);
        Lab.assertAsExpected(record);
        return record;
    }

    private static void assertNotNamed(RunRecord record) {
        assertThat(record.causes()).noneMatch(cause -> cause.resource() == Resource.TCP_MEMORY);
        assertThat(peak(record, "tcp_mem.share")).isLessThan(1);
    }

    private static double peak(RunRecord record, String key) {
        Optional<Evidence> found = record.evidence().stream()
                .filter(item -> item.probe().equals("host") && item.key().equals(key))
                .findFirst();
        return found.orElseThrow().peak();
    }
}
