package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.AgentThreads;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AgentThreadsIT {
    private static final int CONNECTIONS = 2_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldRunOutOfThreadsAndNameTheGenerator() {
        RunRecord record = Lab.run(new AgentThreads(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.verdict().value()).isEqualTo("inconclusive");
        Cause top = record.causes().getFirst();
        assertThat(top.resource()).isEqualTo(Resource.GENERATOR);
        assertThat(top.says()).contains("refused a thread");
        long held = record.phases().getLast().connections().heldAtEnd();
        assertThat(record.phases().getFirst().connections().failed())
                .as("every other connection has no thread")
                .singleElement()
                .isEqualTo(new Failure("thread", "EAGAIN", 0, CONNECTIONS - held));
        assertThat(held).as("those that have one are held").isGreaterThan(100);
        assertThat(record.forecast()).singleElement().satisfies(foretold -> assertThat(foretold.resource())
                .isEqualTo(Resource.GENERATOR));
    }

    @Test
    void shouldHoldAllOnEventLoopsWithTheSameHeapInTheSameLimit() {
        RunRecord record = Lab.run(new AgentThreads(), "fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }
}
