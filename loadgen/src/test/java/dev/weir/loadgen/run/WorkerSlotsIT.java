package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.WorkerSlots;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerSlotsIT {
    private static final int CONNECTIONS = 800;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldTurnAwayHalfWhenEachWebSocketHasOneSlot() {
        RunRecord record = Lab.run(new WorkerSlots(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.WORKER_SLOTS);
        assertThat(top.hop()).isEqualTo("edge");
        Forecast first = record.forecast().getFirst();
        assertThat(record.forecast()).hasSize(1);
        assertThat(first.resource()).isEqualTo(Resource.WORKER_SLOTS);
        assertThat(first.hop()).isEqualTo("edge");
        Phase broadcast = record.phases().getLast();
        assertThat(broadcast.connections().heldAtEnd()).isBetween(CONNECTIONS * 4L / 10, CONNECTIONS / 2L);
        assertThat(broadcast.deliveries().delivered())
                .as("those that got in lack nothing")
                .isEqualTo(broadcast.deliveries().expected())
                .isPositive();
    }

    @Test
    void shouldLetAllInWhenSlotsFollowTheModel() {
        RunRecord record = Lab.run(new WorkerSlots(), "fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.forecast()).isEmpty();
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }
}
