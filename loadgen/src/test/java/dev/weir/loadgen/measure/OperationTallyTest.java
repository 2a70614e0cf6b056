package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.InterfaceLoad;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OperationTallyTest {
    private static OperationTally tally(int answers, int second) {
        OperationRecorder recorder = new OperationRecorder();
        recorder.asked(answers + 2);
        for (int i = 0; i < answers; i++) {
            recorder.sent();
            recorder.answered(2_000, 1_000, second);
            recorder.owed(3);
            recorder.caused();
        }
        recorder.sent();
        recorder.failed("error 111");
        return recorder.take();
    }

    private static Tally of(Map<Operation, OperationTally> operations) {
        Tally tally = Tally.EMPTY;
        for (Map.Entry<Operation, OperationTally> each : operations.entrySet()) {
            tally = tally.withOperation(each.getKey(), each.getValue());
        }
        return tally;
    }

    @Test
    void shouldAddUpOverAgentsAndTime() {
        OperationTally a = tally(1, 0);
        OperationTally b = tally(2, 1);
        OperationTally c = tally(3, 1);

        assertThat(a.plus(OperationTally.NONE)).isEqualTo(a);
        assertThat(OperationTally.NONE.plus(a)).isEqualTo(a);
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(of(Map.of(Operation.RPC, a))
                        .then(of(Map.of(Operation.RPC, b)))
                        .operation(Operation.RPC))
                .isEqualTo(a.plus(b));
    }

    @Test
    void shouldBeEmptyOnceTaken() {
        OperationRecorder recorder = new OperationRecorder();
        recorder.failed("timeout");

        assertThat(recorder.take().failed()).containsEntry("timeout", 1L);
        assertThat(recorder.take()).isEqualTo(OperationTally.NONE);
    }

    @Test
    void shouldTellTheRateOfEachSecondAndLeaveStragglersOut() {
        OperationTally calls = tally(10, 0).plus(tally(4, 1)).plus(tally(6, 2)).plus(tally(5, 3));

        InterfaceLoad load = Interfaces.of(
                        of(Map.of(Operation.RPC, calls)), operation -> operation == Operation.RPC ? 8 : 0, 3)
                .getFirst();

        assertThat(load.answeredPerSecond()).isEqualTo(new InterfaceLoad.Rate(20 / 3.0, 4, 6, 10));
        assertThat(load.asked()).isEqualTo(33);
        assertThat(load.sent()).isEqualTo(29);
        assertThat(load.answered()).isEqualTo(25);
        assertThat(load.failed()).isEqualTo(List.of(new InterfaceLoad.HowMany("error 111", 4)));
        assertThat(load.deliveries()).isEqualTo(new InterfaceLoad.Caused(75, 25));
        assertThat(load.latencyMillis().intended().p50()).isEqualTo(2.0);
        assertThat(load.latencyMillis().actual().p50()).isEqualTo(1.0);
    }

    @Test
    void shouldCountWhatFollowsFromItsOwnFirstSecond() {
        Tally tally = of(Map.of(Operation.DISCONNECT, tally(6, 1).plus(tally(8, 2))));

        InterfaceLoad load = Interfaces.of(tally, operation -> 7, 3).stream()
                .filter(each -> each.name().equals("disconnect"))
                .findFirst()
                .orElseThrow();

        assertThat(load.answeredPerSecond()).isEqualTo(new InterfaceLoad.Rate(7, 6, 7, 8));
    }

    @Test
    void shouldShowAnInterfaceThatNeverAnswered() {
        List<InterfaceLoad> loads = Interfaces.of(Tally.EMPTY, operation -> operation == Operation.API ? 5 : 0, 2);

        assertThat(loads).singleElement().satisfies(load -> {
            assertThat(load.name()).isEqualTo("api");
            assertThat(load.answeredPerSecond()).isEqualTo(new InterfaceLoad.Rate(0, 0, 0, 0));
        });
    }
}
