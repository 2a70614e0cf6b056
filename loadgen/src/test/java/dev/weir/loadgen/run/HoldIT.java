package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.Hold;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HoldIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldHoldAndDeliverToAllThroughTwoHops() {
        RunRecord record = Lab.run(new Hold(), "plain", Lab.wish(2_000, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.causes())
                .as("nothing is blamed on a healthy chain, but for a busy machine")
                .noneMatch(cause -> cause.rank() != Rank.POSSIBLE && cause.resource() != Resource.GENERATOR);
        assertThat(record.evidence())
                .as("six socket ends a connection")
                .anyMatch(item -> item.probe().equals("sockstat")
                        && item.key().equals("TCP.inuse")
                        && item.peak() - item.before() >= 12_000);
        assertThat(folder.resolve("run.json")).exists();
        assertThat(folder.resolve("edge/nginx.conf")).exists();
    }
}
