package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyMemoryTest {
    static java.util.stream.Stream<Variant> rows() {
        return new ProxyMemory().variants().stream();
    }

    /** What rows have in common is what makes them comparable. */
    @ParameterizedTest
    @MethodSource("rows")
    void shouldDifferInWhatARowSaysAndInNothingElse(Variant row) {
        Plan plan = new ProxyMemory().plan(row, Wish.DEFAULT);

        assertThat(plan.connections()).isEqualTo(30);
        assertThat(plan.chain().profile()).isEqualTo("stock");
        assertThat(plan.chain().surroundings().network()).isInstanceOf(Network.Namespaces.class);
        assertThat(plan.chain().surroundings().confined()).isEmpty();
        assertThat(plan.steps().stream().map(Step::name))
                .containsExactly("ramp", "warm-up", ProxyMemory.STREAM, "stall", "flood", "after");
        assertThat(plan.chain().ingresses()).isEqualTo(row.name().contains("one-hop") ? 0 : 1);
        int payload = ProxyMemory.payloadBytes(row.name());
        assertThat(plan.steps())
                .filteredOn(Step.Broadcast.class::isInstance)
                .last()
                .satisfies(flood -> assertThat(flood instanceof Step.Broadcast b ? b.messages() * payload : 0)
                        .isEqualTo(32 << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "ingress", "gateway"})
    void shouldBoundWhatIsUnsentAtEveryHopOfTheChain(String hop) {
        Variant row = rows().filter(each -> each.name().equals("notsent-lowat"))
                .findFirst()
                .orElseThrow();

        assertThat(new ProxyMemory()
                        .plan(row, Wish.DEFAULT)
                        .chain()
                        .surroundings()
                        .networkOf(hop)
                        .sysctls())
                .isEqualTo(Map.of("net.ipv4.tcp_notsent_lowat", "16384"));
    }
}
