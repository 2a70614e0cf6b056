package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.TextReport;
import dev.weir.loadgen.scenario.WorkerPreallocation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerPreallocationIT {
    private static final int CONNECTIONS = 500;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldTakeTheMemoryBeforeAnyConnectionAndTwiceAcrossAReload() {
        RunRecord record = Lab.run(new WorkerPreallocation(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.WORKER_PREALLOCATION);
        assertThat(top.hop()).isEqualTo("edge");
        assertThat(top.says()).contains("a reload held it twice");
        assertThat(record.forecast()).singleElement().satisfies(foretold -> {
            assertThat(foretold.resource()).isEqualTo(Resource.WORKER_PREALLOCATION);
            assertThat(foretold.hop()).isEqualTo("edge");
        });
        assertThat(record.phases().getLast().connections().heldAtEnd())
                .as("a reload ends nobody")
                .isEqualTo(CONNECTIONS);
        assertThat(TextReport.lines(record)).anyMatch(line -> line.contains("edge") && line.contains("172.8 MB"));
    }

    @Test
    void shouldTakeNextToNothingWhenSlotsAreSizedToNeed() {
        RunRecord record = Lab.run(new WorkerPreallocation(), "fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.forecast()).isEmpty();
        assertThat(record.causes()).noneMatch(cause -> cause.resource() == Resource.WORKER_PREALLOCATION);
    }
}
