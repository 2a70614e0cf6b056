package dev.weir.loadgen.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.loadgen.measure.Operation;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrafficPlanTest {
    private static TrafficPlan plan(int connections, int rooms) {
        return new TrafficPlan(Mix.of(connections), 0, 1_000_000_000, connections, rooms, 1, 128, 42);
    }

    @Test
    void shouldScaleWithTheConnectionsAndStayWithinWhatOneMachineCanSend() {
        assertThat(Mix.of(5_000).perSecond())
                .isEqualTo(Map.of(
                        Operation.CONNECT, 50.0,
                        Operation.SUBSCRIBE, 100.0,
                        Operation.PUBLISH, 20.0,
                        Operation.API, 20.0,
                        Operation.RPC, 100.0));
        assertThat(Mix.of(5_000).total())
                .as("with disconnects and unsubscribes")
                .isEqualTo(440);
        assertThat(Mix.of(10).rate(Operation.PUBLISH)).isEqualTo(1);
        assertThat(Mix.of(1_000_000).rate(Operation.CONNECT)).isEqualTo(500);
    }

    @Test
    void shouldReplaceAndMultiplyRates() {
        Mix mix = Mix.of(5_000).with(Map.of(Operation.RPC, 0.0)).times(2);

        assertThat(mix.rate(Operation.RPC)).isZero();
        assertThat(mix.rate(Operation.DISCONNECT)).isEqualTo(100);
        assertThat(mix.rate(Operation.UNSUBSCRIBE)).isEqualTo(200);
    }

    @Test
    void shouldRefuseARateOfWhatFollows() {
        assertThatThrownBy(() -> new Mix(Map.of(Operation.DISCONNECT, 1.0))).hasMessageContaining("disconnect=1.0");
        assertThatThrownBy(() -> new Mix(Map.of(Operation.RPC, -1.0))).hasMessageContaining("rate must be >= 0");
    }

    @Property
    void shouldAddUpWhenAgentsShareIt(
            @ForAll @IntRange(min = 1, max = 50_000) int connections,
            @ForAll @IntRange(min = 1, max = 300) int rooms,
            @ForAll @IntRange(min = 1, max = 9) int agents) {
        TrafficPlan whole = plan(connections, rooms);
        double rate = IntStream.range(0, agents)
                .mapToDouble(agent -> whole.part(agent, agents).mix().total())
                .sum();
        long members = IntStream.range(0, rooms)
                .mapToLong(room -> whole.part(0, agents).members(room))
                .sum();

        assertThat(rate).isCloseTo(whole.mix().total(), within(1e-6));
        assertThat(members).as("each connection is in one room").isEqualTo(connections);
    }

    @Test
    void shouldBeDueAsOftenAsTheRateSays() {
        assertThat(plan(5_000, 100).schedule(Operation.RPC).dueBefore(1_000_000_000, 10_000))
                .isBetween(99L, 101L);
    }
}
