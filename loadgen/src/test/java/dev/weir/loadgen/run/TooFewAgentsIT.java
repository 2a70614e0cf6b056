package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.TextReport;
import dev.weir.loadgen.scenario.TooFewAgents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TooFewAgentsIT {
    private static final int CONNECTIONS = 500;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void needControlGroups() {
        assumeTrue(Files.isWritable(Path.of("/sys/fs/cgroup")), "needs root and cpu control groups");
    }

    @Test
    void shouldSayThatTheGeneratorWasTheLimitAndBlameNoHop() {
        RunRecord record = Lab.run(new TooFewAgents(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.verdict().value()).isEqualTo("inconclusive");
        Cause top = record.causes().getFirst();
        assertThat(top.resource()).isEqualTo(Resource.GENERATOR);
        assertThat(top.hop()).isEqualTo("agents");
        assertThat(top.says()).contains("out of processor time");
        assertThat(record.evidence().stream().filter(item -> top.because().contains(item.id())))
                .as("the kernel's word beside the agents' own")
                .anyMatch(item -> item.probe().equals("cpu-quota"));
    }

    @Test
    void shouldHaveProcessorTimeToSpareWithMoreAgents() {
        RunRecord record = Lab.run(new TooFewAgents(), "fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        // Where others keep all processors busy, these agents are late for another reason, and no more can be said.
        assertThat(record.verdict().value())
                .as(String.join("\n", TextReport.lines(record)))
                .isIn("not-reproduced", "inconclusive");
        assertThat(record.causes()).noneMatch(cause -> cause.says().contains("out of processor time"));
    }
}
