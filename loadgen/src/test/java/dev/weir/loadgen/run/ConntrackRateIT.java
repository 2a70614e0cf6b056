package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ConntrackRate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ConntrackRateIT {
    private static final int CONNECTIONS = 2_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldDropTheFirstPacketsOfNewConnectionsWhenFewPortsAreLeftToTranslateTo() {
        RunRecord record = run("broken");

        Cause top = Lab.assertWellFounded(record);
        assertThat(List.of(top.resource(), top.hop(), top.rank()))
                .containsExactly(Resource.CONNECTION_TRACKING, "edge", Rank.CERTAIN);
        Forecast foretold = record.forecast().getFirst();
        assertThat(List.of(foretold.resource(), foretold.hop())).containsExactly(Resource.CONNECTION_TRACKING, "edge");
        assertThat(record.evidence())
                .as("the table itself has room")
                .anyMatch(item -> item.hop().equals("edge")
                        && item.probe().equals("conntrack")
                        && item.key().equals("share")
                        && item.peak() < 0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "roomy", "tracked"})
    void shouldConnectAllWithoutDropsWhenNotTrackedOrWithPortsToSpare(String variant) {
        RunRecord record = run(variant);

        assertThat(record.forecast()).isEmpty();
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    private RunRecord run(String variant) {
        RunRecord record = Lab.run(new ConntrackRate(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);
        Lab.assertAsExpected(record);
        return record;
    }
}
