package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChainStateTest {
    private static final ProcessHandle SELF = ProcessHandle.current();
    private static final long STARTED = SELF.info().startInstant().orElseThrow().toEpochMilli();

    private static ChainState keptBy(long pid, long startMillis) {
        return new ChainState(pid, startMillis, "local", List.of(), List.of(), "key", List.of());
    }

    @Test
    void shouldKnowItsKeeperWhenNumberAndStartAgree() {
        assertThat(keptBy(SELF.pid(), STARTED).keeper()).contains(SELF);
    }

    @Test
    void shouldNotTakeAStrangerForItsKeeperWhenTheNumberIsUsedAgain() {
        assertThat(keptBy(SELF.pid(), STARTED - 60_000).keeper()).isEmpty();
    }
}
