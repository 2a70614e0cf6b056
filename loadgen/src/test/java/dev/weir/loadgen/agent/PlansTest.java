package dev.weir.loadgen.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Meter;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlansTest {
    private static final ConnectPlan PLAN = ConnectPlan.of(URI.create("ws://127.0.0.1:1/x?y=z"), 10);

    @Test
    void shouldAddUpToThePlanWhenSplit() {
        List<ConnectPlan> parts = Ensemble.split(PLAN, 3);
        assertThat(parts).extracting(ConnectPlan::connections).containsExactly(4, 3, 3);
        assertThat(parts.stream().mapToDouble(ConnectPlan::ratePerSecond).sum())
                .isCloseTo(1_000, org.assertj.core.data.Offset.offset(0.01));
        assertThat(parts).extracting(ConnectPlan::seed).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldSurviveTheWayToAChildAndBack() throws IOException {
        AgentOrder open = AgentOrder.open(3, PLAN);
        assertThat(AgentJson.read(AgentJson.write(open), AgentOrder.class)).isEqualTo(open);
        AgentOrder settle = AgentOrder.settle(4, Map.of("everyone", new Sent(5, 6, List.of(2L))), 7);
        assertThat(AgentJson.read(AgentJson.write(settle), AgentOrder.class)).isEqualTo(settle);

        Meter meter = new Meter();
        meter.opened(12);
        meter.failed(new FailureKind("connect", "EMFILE", 0));
        meter.closed(new CloseKind("gateway", "close-frame", 3008, "slow", Cohort.STALLED), 1, 2, 3);
        meter.deliveries(Cohort.THROTTLED).reordered();
        Tally tally = meter.take(1);
        AgentAnswer answer = new AgentAnswer(5, null, AgentJson.TallyForm.of(tally), 7);
        AgentAnswer read = AgentJson.read(AgentJson.write(answer), AgentAnswer.class);
        assertThat(read.tally())
                .isNotNull()
                .extracting(AgentJson.TallyForm::toTally)
                .isEqualTo(tally);
    }
}
