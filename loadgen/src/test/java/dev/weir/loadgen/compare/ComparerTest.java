package dev.weir.loadgen.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.loadgen.compare.Comparison.CauseChange;
import dev.weir.loadgen.compare.Comparison.Move;
import dev.weir.loadgen.compare.Comparison.Obstacle;
import dev.weir.loadgen.compare.Comparison.SettingChange;
import dev.weir.loadgen.outcome.Rank;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparerTest {
    private final Ran a = new Ran();
    private final Ran b = new Ran();

    @Test
    void shouldFindNothingWhenARunIsComparedWithItself() {
        Comparison same = compare();

        assertThat(same.obstacles()).isEmpty();
        assertThat(same.settings()).isEmpty();
        assertThat(same.moved()).isEmpty();
        assertThat(same.unmoved()).isGreaterThan(8);
    }

    @Test
    void shouldSayWhatWasAskedAndWhatItWasWhenASettingDiffers() {
        b.settings = Map.of("edge.sndbuf", "16k");

        assertThat(compare().settings())
                .containsExactly(new SettingChange("edge.sndbuf", "none", "none", "16k", "16k"));
    }

    @Test
    void shouldNotTakeWhatTheHostHadAtThatMomentForASetting() {
        b.edgeMemory = 51e6;

        assertThat(compare().settings()).isEmpty();
    }

    @Test
    void shouldTakeAWayToEndThatDidNotOccurForZero() {
        a.closes = List.of(Ran.cut("edge", "fin", 1006, 12));
        b.closes = List.of(Ran.cut("gateway", "close-frame", 3008, 12));

        assertThat(compare().moved())
                .extracting(
                        Move::name, move -> move.a().value(), move -> move.b().value())
                .containsExactly(
                        tuple("ended normal by edge (fin, 1006)", 12.0, 0.0),
                        tuple("ended normal by gateway (close-frame, 3008)", 0.0, 12.0));
    }

    @Test
    void shouldTellALatencyThatMovedFromOneThatDidNot() {
        b.deliverMicros = new long[] {4_200, 5_100, 6_100};
        assertThat(compare().moved()).isEmpty();

        b.deliverMicros = new long[] {40_000, 50_000, 60_000};
        assertThat(moved(compare()))
                .containsExactly("broadcast deliver intended p50", "broadcast deliver intended p99");
    }

    @Test
    void shouldBeLessSureOfAPercentileWhenFewMessagesCausedTheDeliveries() {
        a.deliverMicros = new long[] {5_000, 5_000, 50_000};
        b.deliverMicros = new long[] {5_000, 50_000, 50_000};
        a.published = 4;
        b.published = 4;
        assertThat(compare().moved()).isEmpty();

        a.published = 1_000;
        b.published = 1_000;
        assertThat(moved(compare())).contains("broadcast deliver intended p50");
    }

    @Test
    void shouldTellMemoryThatMovedFromMemoryThatDidNot() {
        b.edgeMemory = 53e6;
        assertThat(compare().moved()).isEmpty();

        b.edgeMemory = 100e6;
        assertThat(moved(compare())).containsExactly("edge memory at its peak", "edge memory at the end");
    }

    @Test
    void shouldCompareNoFigureWhenScenarioOrSizeDiffers() {
        b.scenario = "hold";
        b.connections = 1_000;
        b.held = 1_000;
        b.edgeMemory = 100e6;

        Comparison comparison = compare();

        assertThat(comparison.obstacles())
                .containsExactly(
                        new Obstacle("scenario", "zero-window", "hold", "counts, latencies and costs"),
                        new Obstacle("connections", "500", "1000", "counts, latencies and costs"));
        assertThat(comparison.moved()).isEmpty();
        assertThat(comparison.unmoved()).isZero();
    }

    @Test
    void shouldStillCompareCountsWhenTheHostDiffers() {
        b.kernel = "6.1.0";
        b.cores = 8;
        b.edgeMemory = 100e6;
        b.deliverMicros = new long[] {40_000, 50_000, 60_000};
        b.held = 488;

        Comparison comparison = compare();

        assertThat(comparison.obstacles()).extracting(Obstacle::what).containsExactly("kernel", "processors");
        assertThat(moved(comparison)).containsExactly("broadcast held at end");
    }

    @Test
    void shouldLeaveOutLatenciesWhenAGeneratorWasAtItsLimit() {
        b.loopDelayMillis = 400;
        b.deliverMicros = new long[] {400_000, 500_000, 600_000};

        Comparison comparison = compare();

        assertThat(comparison.obstacles())
                .containsExactly(new Obstacle(
                        "generator in broadcast", "kept up", "at its limit", "latencies and rates of this phase"));
        assertThat(comparison.moved()).isEmpty();
    }

    @Test
    void shouldSayWhatOnlyOneOfThemHas() {
        b.phase = "other";
        b.histograms = false;

        assertThat(compare().obstacles())
                .extracting(Obstacle::what)
                .containsExactly("phase broadcast", "phase other", "latency.hlog");
    }

    @Test
    void shouldPutCausesSideBySide() {
        a.causes = List.of(Ran.slowReaders(Rank.CERTAIN));
        assertThat(compare().causes()).containsExactly(new CauseChange("slow-readers", "agents", "certain", ""));

        b.causes = List.of(Ran.slowReaders(Rank.LIKELY));
        assertThat(compare().causes()).containsExactly(new CauseChange("slow-readers", "agents", "certain", "likely"));
    }

    private Comparison compare() {
        return Comparer.compare(a.view(), b.view());
    }

    private static List<String> moved(Comparison comparison) {
        return comparison.moved().stream()
                .map(move -> move.of() + " " + move.name())
                .toList();
    }
}
