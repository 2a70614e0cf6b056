package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Phase;
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
        double before = deliveriesTold();
        RunRecord record = Lab.run(new Hold(), "plain", Lab.wish(2_000, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.causes())
                .as("nothing is blamed on a healthy chain, but for a busy machine")
                .noneMatch(cause -> cause.rank() != Rank.POSSIBLE && cause.resource() != Resource.GENERATOR);
        Phase broadcast = record.phases().get(1);
        assertThat(broadcast.reaches())
                .hasSize(10)
                .allMatch(reach -> reach.deliveries() == 2_000
                        && reach.lastMillis() > 0
                        && reach.lastMillis() <= broadcast.durationMillis());
        double socketEnds = record.evidence().stream()
                .filter(item -> item.probe().equals("ss") && item.key().matches("(down|up)\\.sockets"))
                .mapToDouble(Evidence::peak)
                .sum();
        assertThat(socketEnds).as("six socket ends a connection").isGreaterThanOrEqualTo(12_000);
        assertThat(deliveriesTold() - before).as("told while it lasted").isEqualTo(20_000);
        assertThat(Lab.metrics().text()).doesNotContain("weir_run_phase{");
        assertThat(folder.resolve("run.json")).exists();
        assertThat(folder.resolve("latency.hlog")).content().contains("Tag=broadcast.deliverIntended");
        assertThat(folder.resolve("edge/nginx.conf")).exists();
    }

    private static double deliveriesTold() {
        String series = "weir_run_deliveries_total ";
        return Lab.metrics()
                .text()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }
}
