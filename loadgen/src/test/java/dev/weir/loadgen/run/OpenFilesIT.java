package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.OpenFiles;
import dev.weir.loadgen.scenario.Wish;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OpenFilesIT {
    private static final int CONNECTIONS = 800;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldLeaveClientsWithoutAnswerWhenTheEffectiveLimitIsBelowTheConfiguredOne() {
        RunRecord record = run("broken");

        assertNamed(record, Resource.FILE_DESCRIPTORS, "edge");
        assertThat(record.evidence())
                .as("the limit that counts is not the one that the configuration asks for")
                .anyMatch(item ->
                        item.hop().equals("edge") && item.key().equals("descriptors.limit") && item.peak() == 320);
    }

    @Test
    void shouldLetAllInWhenMoreWorkersShareTheSameLimit() {
        RunRecord record = run("fixed");

        assertThat(record.forecast()).isEmpty();
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    @Test
    void shouldRefuseInTimeWhenTheGatewayReadsItsEffectiveLimit() {
        assertNamed(run("admission"), Resource.ADMISSION_LIMIT, "gateway");
    }

    @Test
    void shouldNameTheAgentsWhenTheirLimitIsTheLowOne() {
        RunRecord record = run("broken", Lab.wish(CONNECTIONS, Map.of()).brokenAt("agents"));

        assertNamed(record, Resource.FILE_DESCRIPTORS, "agents");
    }

    @Test
    void shouldLetAllInWhenMoreAgentsShareTheSameLimit() {
        RunRecord record = run("fixed", Lab.wish(CONNECTIONS, Map.of()).brokenAt("agents"));

        assertThat(record.forecast()).isEmpty();
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    private RunRecord run(String variant) {
        return run(variant, Lab.wish(CONNECTIONS, Map.of()));
    }

    private RunRecord run(String variant, Wish wish) {
        RunRecord record = Lab.run(new OpenFiles(), variant, wish, folder);
        Lab.assertAsExpected(record);
        return record;
    }

    /** The cause on top is what was foretold. */
    private static void assertNamed(RunRecord record, Resource resource, String hop) {
        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(resource);
        assertThat(top.hop()).isEqualTo(hop);
        assertThat(record.forecast()).hasSize(1);
        Forecast foretold = record.forecast().getFirst();
        assertThat(foretold.resource()).isEqualTo(resource);
        assertThat(foretold.hop()).isEqualTo(hop);
    }
}
