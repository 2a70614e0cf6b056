package dev.weir.loadgen.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.traffic.TrafficPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoadRunTest {
    private static final long STEP_MILLIS_MAX = 20;
    private static final ReadOrder STALLED = new ReadOrder(1, 0, 0);

    private static List<Phase> run(Agent agent, ReadOrder read) throws InterruptedException {
        LoadSettings settings = new LoadSettings(
                ConnectPlan.of(URI.create("ws://127.0.0.1:1"), 0), List.of(), Duration.ofMillis(1), read, 0, 0);
        LoadRun run = new LoadRun(agent, null, settings, (phase, elapsed, target, tally, later) -> {}, STEP_MILLIS_MAX);
        return run.run().phases();
    }

    private static int lostAgents(List<Phase> phases) {
        return phases.stream().mapToInt(phase -> phase.generator().lostAgents()).sum();
    }

    @Test
    void shouldLoseNobodyWhoAnswers() throws InterruptedException {
        assertThat(lostAgents(run(new Telling(Future.succeededFuture(Tally.EMPTY), Future.succeededFuture()), STALLED)))
                .isZero();
    }

    @Test
    void shouldCountAsLostWhoDoesNotAnswerForItsTally() throws InterruptedException {
        Future<Tally> never = Promise.<Tally>promise().future();
        assertThat(lostAgents(run(new Telling(never, Future.succeededFuture()), ReadOrder.NORMAL)))
                .isEqualTo(1);
    }

    @Test
    void shouldCountAsLostWhoDoesNotDoWhatItIsTold() throws InterruptedException {
        Future<Void> never = Promise.<Void>promise().future();
        assertThat(lostAgents(run(new Telling(Future.succeededFuture(Tally.EMPTY), never), STALLED)))
                .isEqualTo(1);
    }

    /** An agent without connections that answers what it is given. */
    private record Telling(Future<Tally> told, Future<Void> read) implements Agent {
        @Override
        public Future<Void> open(ConnectPlan plan) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> read(ReadOrder order) {
            return read;
        }

        @Override
        public Future<Void> leave(LeaveOrder order) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> carryOut(TrafficPlan plan) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Tally> tally() {
            return told;
        }

        @Override
        public Future<Void> settle(Map<String, Sent> sent, long waitMillis) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
