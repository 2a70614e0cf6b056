package dev.weir.loadgen.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentShapeTest {
    private static final int DESCRIPTORS = 20_000;

    @Test
    void shouldHoldThemHereWhenOneTableIsEnough() {
        assertThat(AgentShape.of(19_488, DESCRIPTORS, 2, true))
                .isEqualTo(new AgentShape(0, LoopShape.shared(2), 19_488));
    }

    @Test
    void shouldHoldAMillionInOneChildWhoseLoopsHaveTables() {
        assertThat(AgentShape.of(1_000_000, DESCRIPTORS, 2, true))
                .isEqualTo(new AgentShape(1, new LoopShape(52, true), 1_000_000));
    }

    @Test
    void shouldTakeAsManyChildrenAsTablesWhenTheSystemRefusesThem() {
        assertThat(AgentShape.of(100_000, DESCRIPTORS, 2, false))
                .isEqualTo(new AgentShape(6, LoopShape.shared(1), 16_667));
    }

    @ParameterizedTest
    @ValueSource(ints = {19_489, 100_000, 1_000_000, 2_000_000})
    void shouldFitEachTableWithTheDescriptorsOfAllLoops(int connections) {
        LoopShape loops = AgentShape.of(connections, DESCRIPTORS, 2, true).loops();

        int inOneTable = Math.ceilDiv(connections, loops.count()) + 3 * loops.count() + 64;
        assertThat(inOneTable).isLessThanOrEqualTo(DESCRIPTORS);
    }
}
