package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.scenario.DisconnectStorm;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SweepOptionTest {
    private static List<Integer> sizes(OptionalInt connections, String... typed) {
        return CommandLine.populateCommand(new SweepOption(), typed).sizes(Set.of(new DisconnectStorm()), connections);
    }

    @Test
    void shouldHaveTheSizesThatWereTyped() {
        assertThat(sizes(OptionalInt.empty(), "--sweep=2k,10k,2k")).containsExactly(2_000, 10_000);
        assertThat(sizes(OptionalInt.of(5_000))).isEmpty();
    }

    @Test
    void shouldNotSilentlyOverrideOneSize() {
        assertThatThrownBy(() -> sizes(OptionalInt.of(5_000), "--sweep=2k,10k"))
                .hasMessageStartingWith("--sweep must be given without --connections: sweep=2k,10k connections=5000");
    }
}
