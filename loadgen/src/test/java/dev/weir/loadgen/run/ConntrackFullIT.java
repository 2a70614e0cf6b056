package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ConntrackFull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ConntrackFullIT {
    private static final int CONNECTIONS = 200;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldLetNewConnectionsTimeOutWhileOldOnesLiveOn() throws IOException {
        HostState before = HostState.read();

        RunRecord record = run("broken");

        Cause top = Lab.assertWellFounded(record);
        assertThat(List.of(top.resource(), top.hop())).containsExactly(Resource.CONNTRACK_TABLE, "edge");
        assertThat(top.says()).contains("of 240;");
        Forecast foretold = record.forecast().getFirst();
        assertThat(List.of(foretold.resource(), foretold.hop())).containsExactly(Resource.CONNTRACK_TABLE, "edge");
        Phase broadcast = record.phases().get(2);
        assertThat(broadcast.deliveries().delivered())
                .as("those that got in lack nothing")
                .isEqualTo(5 * broadcast.connections().heldAtEnd())
                .isPositive();
        assertThat(HostState.read()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "notrack"})
    void shouldLetAllInWithRoomOrWithoutTracking(String variant) {
        RunRecord record = run(variant);

        assertThat(record.forecast()).isEmpty();
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    private RunRecord run(String variant) {
        RunRecord record = Lab.run(new ConntrackFull(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);
        Lab.assertAsExpected(record);
        return record;
    }
}
