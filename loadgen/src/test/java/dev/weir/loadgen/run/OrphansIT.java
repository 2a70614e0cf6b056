package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OrphansIT {
    private static final int CONNECTIONS = 1_000;
    private static final Path MAX_ORPHANS = Path.of("/proc/sys/net/ipv4/tcp_max_orphans");

    @TempDir
    private Path folder = Path.of("");

    private String before = "";

    @BeforeEach
    void remember() throws IOException {
        assumeThat(Files.isWritable(MAX_ORPHANS)).isTrue();
        before = Files.readString(MAX_ORPHANS);
    }

    @AfterEach
    void shouldHavePutTheHostBack() throws IOException {
        assertThat(Files.readString(MAX_ORPHANS)).isEqualTo(before);
    }

    @Test
    void shouldBeResetByTheKernelWhenAGatewayDiesOfItsHeapWithBytesUnsent() {
        RunRecord record = run("broken");

        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.ORPHANS);
        assertThat(top.hop()).isEqualTo("host");
        assertThat(top.rank()).isEqualTo(Rank.CERTAIN);
        Cause behind = record.causes().get(1);
        assertThat(behind.resource()).as("the root").isEqualTo(Resource.PROCESS_HEAP);
        assertThat(behind.hop()).isEqualTo("gateway");
        assertThat(behind.rank()).isEqualTo(Rank.CERTAIN);
    }

    @Test
    void shouldLiveOnAsSeveralProcessesThatEachHoldLess() {
        RunRecord record = run("fixed");

        assertThat(record.hops())
                .filteredOn(hop -> hop.kind().equals("gateway"))
                .hasSize(4);
        assertThat(record.causes())
                .noneMatch(cause -> cause.resource() == Resource.ORPHANS || cause.resource() == Resource.PROCESS_HEAP);
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    @Test
    void shouldDieAllTheSameWhenOnlyTheLimitIsHigher() {
        RunRecord record = run("raised");

        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.PROCESS_HEAP);
        assertThat(record.causes()).noneMatch(cause -> cause.resource() == Resource.ORPHANS);
    }

    @Test
    void shouldBeRefusedBeforeAnythingStartsWhenTheHostMustStayAsItIs() {
        assertThatThrownBy(
                        () -> Lab.runOnThisHostAsItIs(new Orphans(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("settings=net.ipv4.tcp_max_orphans")
                .hasMessageContaining("--no-host-changes");
        assertThat(folder).isEmptyDirectory();
    }

    private RunRecord run(String variant) {
        RunRecord record = Lab.run(new Orphans(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);
        Lab.assertAsExpected(record);
        return record;
    }
}
