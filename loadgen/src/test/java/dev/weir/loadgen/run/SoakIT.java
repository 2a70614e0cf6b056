package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.Trend;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.outcome.Series;
import dev.weir.loadgen.report.RecordFile;
import dev.weir.loadgen.report.TextReport;
import dev.weir.loadgen.scenario.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SoakIT {
    /** Long enough for a machine that is busy with other tests, where a cycle takes twice its time. */
    private static final Duration LASTS = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFollowEveryHopThroughChurnAndStalledReaders() throws IOException {
        RunRecord record =
                Lab.run(new Soak(), "plain", Lab.wish(1_000, Map.of()).lasting(LASTS), folder);

        String report = String.join("\n", TextReport.lines(record));
        Phase soak = record.phases().getLast();
        assertThat(record.series())
                .extracting(series -> series.hop() + " " + series.figure())
                .containsExactlyInAnyOrder(
                        "agents rss",
                        "agents pss",
                        "agents descriptors",
                        "agents threads",
                        "edge rss",
                        "edge pss",
                        "edge descriptors",
                        "edge threads",
                        "ingress rss",
                        "ingress pss",
                        "ingress descriptors",
                        "ingress threads",
                        "gateway rss",
                        "gateway pss",
                        "gateway descriptors",
                        "gateway threads",
                        "gateway heap after gc",
                        "gateway queued bytes",
                        "host kernel queues");
        assertThat(record.series()).as(report).allSatisfy(series -> assertThat(series.values())
                .hasSizeGreaterThanOrEqualTo(Trend.SAMPLES_MIN));
        assertThat(values(record, "edge", "descriptors"))
                .as("two a connection")
                .allSatisfy(descriptors -> assertThat(descriptors).isBetween(1_980.0, 2_200.0));
        assertThat(values(record, "gateway", "heap after gc"))
                .allSatisfy(bytes -> assertThat(bytes).isBetween(1e6, 100e6));
        assertThat(values(record, "gateway", "queued bytes"))
                .as("a stalled reader's bound is a megabyte")
                .anySatisfy(bytes -> assertThat(bytes).isPositive())
                .allSatisfy(bytes -> assertThat(bytes).isLessThan(5 * 1_100_000));
        assertThat(soak.connections().closed())
                .as(report)
                .isNotEmpty()
                .extracting(Close::cohort)
                .containsOnly("stalled");
        assertThat(soak.connections().failed()).as(report).isEmpty();
        assertThat(soak.connections().heldAtEnd()).as(report).isBetween(995L, 1_000L);
        assertThat(soak.deliveries().delivered())
                .as(report)
                .isEqualTo(soak.deliveries().expected());
        assertThat(record.missing()).as("jcmd reached the gateway").noneMatch(missing -> missing.probe()
                .equals("full-collection"));
        assertThat(report)
                .contains("standard error", "of 12 figures of the chain are flat", "readers that stalled were cut");
        assertThat(TextReport.lines(RecordFile.read(folder))).isEqualTo(TextReport.lines(record));
    }

    private static List<Double> values(RunRecord record, String hop, String figure) {
        return record.series().stream()
                .filter(series -> series.hop().equals(hop) && series.figure().equals(figure))
                .map(Series::values)
                .findFirst()
                .orElseThrow();
    }
}
