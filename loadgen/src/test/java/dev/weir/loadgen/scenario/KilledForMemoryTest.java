package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class KilledForMemoryTest {
    private static final List<Phase> WAVE =
            List.of(Seen.phase("broadcast", 500, 60, List.of(Seen.close("edge", "fin", 440)), Deliveries.NONE));

    private static Symptom.Sighting look(List<Evidence> evidence) {
        return new Symptom.KilledForMemory("edge", 0.8, 1_000).look(WAVE, evidence);
    }

    private static Evidence risen(String probe, String key, double to) {
        return new Evidence("e1", "edge", probe, key, "1", 0, to, to);
    }

    @Test
    void shouldCountKillsAndNotHowOftenAnEngineTellsOfThem() {
        assertThat(look(List.of(risen("cgroup", "oom_kill", 1), risen("container", "oom", 18)))
                        .figures())
                .startsWith("1 processes of edge killed for memory; 440 of 500");
        assertThat(look(List.of(risen("container", "oom", 18)))).satisfies(sighting -> {
            assertThat(sighting.seen()).isTrue();
            assertThat(sighting.figures()).startsWith("1 processes of edge");
        });
    }

    @Test
    void shouldNotTakeAWaveOfClosesForAKill() {
        assertThat(look(List.of(risen("cgroup", "oom_kill", 0), risen("container", "die", 1)))
                        .seen())
                .isFalse();
    }
}
