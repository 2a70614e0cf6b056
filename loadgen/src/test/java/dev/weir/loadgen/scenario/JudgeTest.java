package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Scenario IDLE = new IdleTimeout();
    private static final Scenario ZERO = new ZeroWindow();
    private static final Plan IDLE_PLAN = IDLE.plan(IDLE.variants().getFirst(), Wish.DEFAULT);
    private static final Plan ZERO_PLAN = ZERO.plan(ZERO.variants().getFirst(), Wish.DEFAULT);
    private static final Plan FIXED_PLAN = IDLE.plan(IDLE.variants().get(1), Wish.DEFAULT);
    private static final Plan HOLD_PLAN = new Hold().plan(new Hold().variants().getFirst(), Wish.DEFAULT);
    private static final Cause IDLE_CAUSE = Seen.cause(Resource.IDLE_TIMEOUT, "edge", Rank.CERTAIN);

    private static List<Phase> allCut() {
        return List.of(
                Seen.phase("ramp", 2_000, 2_000, List.of(), Deliveries.NONE),
                Seen.phase("hold", 0, 0, List.of(Seen.close("edge", "fin", 2_000)), Deliveries.NONE));
    }

    private static List<Phase> noneCut() {
        return List.of(
                Seen.phase("ramp", 2_000, 2_000, List.of(), Deliveries.NONE),
                Seen.phase("hold", 0, 2_000, List.of(), Deliveries.NONE));
    }

    @Test
    void shouldReproduceWhenTheCauseIsOnTopAndTheSymptomIsSeen() {
        Verdict verdict = Judge.judge(IDLE_PLAN, Seen.findings(allCut(), List.of(), List.of(IDLE_CAUSE)));

        assertThat(verdict).isInstanceOf(Verdict.Reproduced.class);
        assertThat(verdict.why()).first().asString().contains("2,000 of 2,000 connections ended without a close frame");
    }

    @Test
    void shouldNotReproduceWhenTheSymptomIsAbsentWhateverTheCauses() {
        Verdict verdict = Judge.judge(IDLE_PLAN, Seen.findings(noneCut(), List.of(), List.of(IDLE_CAUSE)));

        assertThat(verdict).isInstanceOf(Verdict.NotReproduced.class);
    }

    @Test
    void shouldNotReproduceWhenAnotherCauseIsOnTop() {
        Cause other = Seen.cause(Resource.PROCESS_EXIT, "gateway", Rank.CERTAIN);
        Cause expected = Seen.cause(Resource.IDLE_TIMEOUT, "edge", Rank.POSSIBLE);

        Verdict verdict = Judge.judge(IDLE_PLAN, Seen.findings(allCut(), List.of(), List.of(other, expected)));

        assertThat(verdict).isInstanceOf(Verdict.NotReproduced.class);
        assertThat(verdict.why()).last().asString().contains("process-exit at gateway came out on top");
    }

    @Test
    void shouldBeInconclusiveWhenTwoCausesCannotBeToldApart() {
        Cause other = Seen.cause(Resource.PROCESS_EXIT, "gateway", Rank.CERTAIN);

        Verdict verdict = Judge.judge(IDLE_PLAN, Seen.findings(allCut(), List.of(), List.of(other, IDLE_CAUSE)));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void shouldBeInconclusiveWhenANeededProbeIsMissing() {
        Judge.Findings findings = new Judge.Findings(
                allCut(),
                List.of(),
                List.of(new Missing("edge", "error-log", "permission denied")),
                List.of(IDLE_CAUSE),
                List.of());

        Verdict verdict = Judge.judge(IDLE_PLAN, findings);

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.why())
                .singleElement()
                .asString()
                .contains("error-log at edge is missing: permission denied");
    }

    @Test
    void shouldBeInconclusiveWhenFewerConnectionsWereReached() {
        List<Phase> phases = List.of(
                Seen.phase("ramp", 1_500, 1_500, List.of(), Deliveries.NONE),
                Seen.phase("hold", 0, 0, List.of(Seen.close("edge", "fin", 1_500)), Deliveries.NONE));

        Verdict verdict = Judge.judge(IDLE_PLAN, Seen.findings(phases, List.of(), List.of(IDLE_CAUSE)));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void shouldTakeFewerConnectionsAsTheSymptomOnlyWhereTheyFailedAsExpected() {
        Scenario slots = new WorkerSlots();
        Plan broken = slots.plan(slots.variants().getFirst(), Wish.DEFAULT);
        Plan fixed = slots.plan(slots.variants().getLast(), Wish.DEFAULT);
        List<Cause> causes = List.of(Seen.cause(Resource.WORKER_SLOTS, "edge", Rank.CERTAIN));
        Phase refused = Seen.shortRamp(2_000, 1_000, List.of(new Failure("http-status", "", 500, 1_000)));
        Phase timedOut = Seen.shortRamp(2_000, 1_000, List.of(new Failure("timeout", "", 0, 1_000)));
        Phase aFew = Seen.shortRamp(2_000, 1_990, List.of(new Failure("http-status", "", 500, 10)));

        assertThat(Judge.judge(broken, Seen.findings(List.of(refused), List.of(), causes)))
                .isInstanceOf(Verdict.Reproduced.class);
        assertThat(Judge.judge(broken, Seen.findings(List.of(timedOut), List.of(), causes)))
                .isInstanceOf(Verdict.Inconclusive.class);
        assertThat(Judge.judge(fixed, Seen.findings(List.of(aFew), List.of(), List.of())))
                .as("a fix lets everybody in")
                .isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void shouldVoidASlowReaderClaimWhenTheGeneratorWasSaturated() {
        GeneratorLoad saturated = new GeneratorLoad(0.5, 250, 1, 0, 0);
        List<Phase> phases = List.of(
                Seen.phase("ramp", 2_000, 2_000, List.of(), Deliveries.NONE),
                Seen.phase("broadcast", 0, 2_000, List.of(), Deliveries.NONE, saturated));

        Verdict verdict = Judge.judge(
                ZERO_PLAN,
                Seen.findings(
                        phases,
                        List.of(Seen.unsent("edge", 100e6)),
                        List.of(Seen.cause(Resource.SLOW_READERS, "agents", Rank.CERTAIN))));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.why())
                .first()
                .asString()
                .contains("in broadcast: event loops of the agents ran late by 250 ms");
    }

    @Test
    void shouldLetCountsStandWhenTheGeneratorWasSaturated() {
        GeneratorLoad saturated = new GeneratorLoad(0.99, 250, 300, 0, 0);
        List<Phase> phases = List.of(
                Seen.phase("ramp", 2_000, 2_000, List.of(), Deliveries.NONE, saturated),
                Seen.phase("hold", 0, 0, List.of(Seen.close("edge", "fin", 2_000)), Deliveries.NONE, saturated));

        Verdict verdict = Judge.judge(IDLE_PLAN, Seen.findings(phases, List.of(), List.of(IDLE_CAUSE)));

        assertThat(verdict).isInstanceOf(Verdict.Reproduced.class);
    }

    @Test
    void shouldHoldPromisesWhenAllIsDelivered() {
        List<Phase> phases = List.of(
                Seen.phase("ramp", 5_000, 5_000, List.of(), Deliveries.NONE),
                Seen.phase("broadcast", 0, 5_000, List.of(), new Deliveries(10, 50_000, 50_000, 0, 0, 0)));

        Verdict verdict = Judge.judge(HOLD_PLAN, Seen.findings(phases, List.of(), List.of()));

        assertThat(verdict).isEqualTo(new Verdict.Promises(true, verdict.why()));
    }

    @Test
    void shouldBreakPromisesWhenNothingWasPublished() {
        List<Phase> phases = List.of(Seen.phase("ramp", 5_000, 5_000, List.of(), Deliveries.NONE));

        Verdict verdict = Judge.judge(HOLD_PLAN, Seen.findings(phases, List.of(), List.of()));

        assertThat(verdict).isEqualTo(new Verdict.Promises(false, verdict.why()));
    }

    @Test
    void shouldBreakPromisesWhenOneMessageIsLostOrOneConnectionEnds() {
        List<Phase> lost = List.of(
                Seen.phase("ramp", 5_000, 5_000, List.of(), Deliveries.NONE),
                Seen.phase("broadcast", 0, 5_000, List.of(), new Deliveries(10, 50_001, 50_000, 1, 0, 0)));
        List<Phase> ended = List.of(
                Seen.phase("ramp", 5_000, 5_000, List.of(), Deliveries.NONE),
                Seen.phase(
                        "broadcast",
                        0,
                        4_999,
                        List.of(Seen.close("edge", "fin", 1)),
                        new Deliveries(10, 50_000, 50_000, 0, 0, 0)));

        Verdict ofLost = Judge.judge(HOLD_PLAN, Seen.findings(lost, List.of(), List.of()));
        Verdict ofEnded = Judge.judge(HOLD_PLAN, Seen.findings(ended, List.of(), List.of()));

        assertThat(ofLost).isEqualTo(new Verdict.Promises(false, ofLost.why()));
        assertThat(ofEnded).isEqualTo(new Verdict.Promises(false, ofEnded.why()));
    }

    @Test
    void shouldOweEachBroadcastToThoseWhoWereInByThen() {
        assertThat(judgedLarge(0, 1_000_000, 0)).isTrue();
        assertThat(judgedLarge(-1, 1_000_000, 0)).isFalse();
        assertThat(judgedLarge(0, 999_999, 0)).isFalse();
    }

    @Test
    void shouldOweWhoCameBackMeanwhileAllButTwoMessages() {
        assertThat(judgedLarge(0, 1_000_000 - 200, 100)).isTrue();
        assertThat(judgedLarge(0, 1_000_000 - 201, 100)).isFalse();
    }

    /** Whether a hold of 100,000 kept its promises, of which a tenth was sent other messages too. */
    private static boolean judgedLarge(long moreToFirst, long ofTen, long cameBack) {
        Wish wish = new Wish(OptionalInt.of(100_000), false, Optional.empty(), 1, 1, 1, Optional.empty(), Map.of());
        Plan large = new Hold().plan(new Hold().variants().getFirst(), wish);
        List<Phase> phases = List.of(
                Seen.phase("first", 15_000, 15_000, List.of(), Deliveries.NONE),
                Seen.phase(Phase.WARM_UP, 0, 15_000, List.of(), delivered(30, 30 * 15_000)),
                Seen.phase("to-first", 0, 15_000, List.of(), delivered(15, 15 * 15_000 + moreToFirst)),
                Seen.phase("ramp", 85_000, 100_000, List.of(), Deliveries.NONE),
                Seen.phase("broadcast", 0, 100_000, List.of(), delivered(1, 100_000)),
                Seen.phase("ten-more", cameBack, 100_000, List.of(), delivered(10, ofTen)),
                Seen.phase("tenth-gone", 10_000, 100_000, List.of(), delivered(300, 140_000)));
        return Judge.judge(large, Seen.findings(phases, List.of(), List.of()))
                        instanceof Verdict.Promises(boolean kept, List<String> _)
                && kept;
    }

    private static Deliveries delivered(int messages, long count) {
        return new Deliveries(messages, count, count, 0, 0, 0);
    }

    @Test
    void shouldNotCallAFixAFixWhenOthersPayForIt() {
        Close byGateway = new Close(
                "gateway", "close-frame", 3012, "no pong", 2_000, "normal", Percentiles.NONE, Percentiles.NONE, 0, 1);
        List<Phase> phases = List.of(
                Seen.phase("ramp", 2_000, 2_000, List.of(), Deliveries.NONE),
                Seen.phase("hold", 0, 0, List.of(byGateway), Deliveries.NONE));

        Verdict verdict = Judge.judge(FIXED_PLAN, Seen.findings(phases, List.of(), List.of()));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.why()).last().asString().contains("in hold: 2,000 connections that do read ended");
    }

    @Test
    void shouldNotCallAFixAFixWhenTheSymptomIsStillThere() {
        Cause other = Seen.cause(Resource.PROCESS_EXIT, "gateway", Rank.CERTAIN);

        Verdict verdict = Judge.judge(FIXED_PLAN, Seen.findings(allCut(), List.of(), List.of(other)));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void shouldHoldAFixThatCostsNobodyAnything() {
        Verdict verdict = Judge.judge(FIXED_PLAN, Seen.findings(noneCut(), List.of(), List.of()));

        assertThat(verdict).isInstanceOf(Verdict.NotReproduced.class);
    }

    @Test
    void shouldTakeInconclusiveAsExpectedOnlyWhenTheGeneratorWasTheLimit() {
        Scenario scenario = new TooFewAgents();
        Plan plan = scenario.plan(scenario.variants().getFirst(), Wish.DEFAULT);
        Cause generator = Seen.cause(Resource.GENERATOR, "agents", Rank.CERTAIN);
        Cause other = Seen.cause(Resource.PROCESSOR, "edge", Rank.CERTAIN);
        List<Phase> ramp = List.of(Seen.phase("ramp", 500, 500, List.of(), Deliveries.NONE));
        List<Evidence> starved = List.of(Seen.quota("periods", 100), Seen.quota("throttled", 90));

        Verdict limited = Judge.judge(plan, Seen.findings(ramp, starved, List.of(generator, other)));
        assertThat(limited).isInstanceOf(Verdict.GeneratorLimit.class);
        assertThat(limited.against(plan.expected()).asExpected()).isTrue();

        Verdict interrupted = Judge.judge(
                plan, new Judge.Findings(ramp, starved, List.of(), List.of(generator), List.of("ended by a signal")));
        Verdict blamed = Judge.judge(plan, Seen.findings(ramp, starved, List.of(other, generator)));
        Verdict unread = Judge.judge(
                plan,
                new Judge.Findings(
                        ramp,
                        starved,
                        List.of(new Missing("agents", "cpu-quota", "permission denied")),
                        List.of(generator),
                        List.of()));
        assertThat(List.of(interrupted, blamed, unread)).allSatisfy(verdict -> {
            assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
            assertThat(verdict.against(plan.expected()).asExpected()).isFalse();
        });
        Verdict calm = Judge.judge(plan, Seen.findings(ramp, List.of(), List.of(generator)));
        assertThat(calm).isInstanceOf(Verdict.NotReproduced.class);
    }

    @Test
    void shouldCompareWithWhatTheVariantExpects() {
        Verdict reproduced = new Verdict.Reproduced(List.of("why"));

        assertThat(reproduced.against(Expected.REPRODUCED).asExpected()).isTrue();
        assertThat(reproduced.against(Expected.NOT_REPRODUCED).asExpected()).isFalse();
        assertThat(new Verdict.GeneratorLimit(List.of())
                        .against(Expected.INCONCLUSIVE)
                        .asExpected())
                .isTrue();
        assertThat(new Verdict.GeneratorLimit(List.of())
                        .against(Expected.NOT_REPRODUCED)
                        .value())
                .isEqualTo("inconclusive");
        assertThat(new Verdict.Inconclusive(List.of())
                        .against(Expected.INCONCLUSIVE)
                        .asExpected())
                .as("cut short is not what a variant about the generator expects")
                .isFalse();
        assertThat(new Verdict.Promises(true, List.of())
                        .against(Expected.PROMISES_HELD)
                        .value())
                .isNull();
    }
}
