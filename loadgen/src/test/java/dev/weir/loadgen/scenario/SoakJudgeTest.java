package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Series;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakJudgeTest {
    private static final int SAMPLES = 10;
    private static final Plan PLAN = new Soak().plan(new Soak().variants().getFirst(), Wish.DEFAULT);
    private static final long DELIVERED = 2_000L * 5 * SAMPLES;

    private static Series series(String hop, String figure, double first, double perSample) {
        List<Long> at =
                LongStream.rangeClosed(1, SAMPLES).mapToObj(i -> i * 4_000).toList();
        return new Series(
                hop,
                figure,
                "1",
                10_000,
                at,
                at.stream().map(millis -> first + perSample * millis / 4_000).toList());
    }

    private static Close cut(String cohort, long count) {
        return new Close(
                "gateway", "close-frame", 3008, "slow", count, cohort, Percentiles.NONE, Percentiles.NONE, 0, 9);
    }

    private static Verdict judge(long held, List<Close> closed, Deliveries deliveries, Series... series) {
        List<Phase> phases = List.of(
                Seen.phase("ramp", 2_000, 2_000, List.of(), Deliveries.NONE),
                Seen.phase("soak", 900, held, closed, deliveries));
        return Judge.judge(
                PLAN, new Judge.Findings(phases, List.of(), List.of(), List.of(), List.of(), List.of(series)));
    }

    private static Verdict judge(Series... series) {
        return judge(1_995, List.of(cut("stalled", 31)), delivered(DELIVERED), series);
    }

    private static Deliveries delivered(long count) {
        return new Deliveries(50, count, count, 0, 0, 0);
    }

    @Test
    void shouldHoldWhenNothingGrowsThoughStalledReadersWereCut() {
        Verdict verdict = judge(series("edge", "descriptors", 4_000, 0), series("gateway", "threads", 25, 0));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Promises.class, promises -> assertThat(promises.held())
                .isTrue());
        assertThat(verdict.why())
                .contains(
                        "readers that stalled were cut 31 times, and came back",
                        "2 of 2 figures of the chain are flat");
    }

    @Test
    void shouldNameHopAndFigureWhenOneGrows() {
        Verdict verdict = judge(series("edge", "descriptors", 4_000, 3), series("gateway", "threads", 25, 0));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Promises.class, promises -> assertThat(promises.held())
                .isFalse());
        assertThat(verdict.why())
                .contains("descriptors at edge rises by 2,700 ± 0 an hour", "1 of 2 figures of the chain are flat");
    }

    @Test
    void shouldNotBlameTheChainForWhatTheGeneratorHoardsNorForWhatFalls() {
        Verdict verdict = judge(
                series("agents", "descriptors", 2_000, 50),
                series("gateway", "descriptors", 2_000, -50),
                series("gateway", "threads", 25, 0));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Promises.class, promises -> assertThat(promises.held())
                .isTrue());
    }

    @Test
    void shouldSayNothingWithoutSamples() {
        Series unread = new Series("gateway", "heap after gc", "bytes", 0, List.of(), List.of());

        assertThat(judge(series("gateway", "threads", 25, 0), unread))
                .isInstanceOfSatisfying(Verdict.Inconclusive.class, open -> assertThat(open.why())
                        .contains("heap after gc at gateway has fewer than 5 samples after the warm-up"));
    }

    @Test
    void shouldNotHoldWhenOthersAreCutOrMissingOrNothingWasPublished() {
        Series flat = series("gateway", "threads", 25, 0);

        assertThat(List.of(
                        judge(1_995, List.of(cut("normal", 1)), delivered(DELIVERED), flat),
                        judge(1_995, List.of(cut("throttled", 1)), delivered(DELIVERED), flat),
                        judge(1_989, List.of(), delivered(DELIVERED), flat),
                        judge(2_001, List.of(), delivered(DELIVERED), flat),
                        judge(2_000, List.of(), delivered(0), flat)))
                .allSatisfy(verdict -> assertThat(verdict)
                        .isInstanceOfSatisfying(Verdict.Promises.class, promises -> assertThat(promises.held())
                                .isFalse()));
        assertThat(judge(1_990, List.of(), delivered(DELIVERED), flat))
                .isInstanceOfSatisfying(Verdict.Promises.class, promises -> assertThat(promises.held())
                        .isTrue());
    }
}
