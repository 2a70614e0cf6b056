package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ZeroWindow;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ZeroWindowIT {
    private static final int CONNECTIONS = 1_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldParkMegabytesUntilTheProxyCuts() {
        RunRecord record = Lab.run(new ZeroWindow(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.SLOW_READERS);
        assertThat(top.hop()).isEqualTo("agents");
    }

    @Test
    void shouldCutSlowReadersEarlyAndSpareTheOthers() {
        RunRecord record = Lab.run(new ZeroWindow(), "fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        Phase broadcast = record.phases().stream()
                .filter(phase -> phase.name().equals("broadcast"))
                .findFirst()
                .orElseThrow();
        assertThat(broadcast.deliveries().lost()).isZero();
        assertThat(broadcast.deliveries().delivered())
                .isEqualTo(broadcast.deliveries().expected())
                .isPositive();
        assertThat(record.causes())
                .anyMatch(cause -> cause.resource() == Resource.SLOW_CONSUMER_POLICY
                        && cause.hop().equals("gateway"));
    }
}
