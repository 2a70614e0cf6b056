package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostSettingsIT {
    /** Harmless: it only allows more. */
    private static final String NAME = "net.ipv4.tcp_max_orphans";

    @Test
    void shouldPutBackWhatWasChanged() throws IOException {
        assumeTrue(Files.isWritable(Sysctls.file(NAME)), "needs root");
        String old = Sysctls.read(NAME);
        String other = Long.toString(Long.parseLong(old) + 1);
        Ledger ledger =
                new Ledger(Ledger.FOLDER, "weir-test-" + ProcessHandle.current().pid());
        HostSettings settings = new HostSettings(ledger);

        settings.change(Map.of(NAME, other));
        assertThat(Sysctls.read(NAME)).isEqualTo(other);
        settings.putBack();

        assertThat(Sysctls.read(NAME)).isEqualTo(old);
    }

    @Test
    void shouldRefuseWhatCannotBeChanged() {
        assertThatThrownBy(() -> HostSettings.check(List.of("net.ipv4.no_such_setting")))
                .hasMessageContaining("settings of this host must be changeable")
                .hasMessageContaining("setting=net.ipv4.no_such_setting");
    }
}
