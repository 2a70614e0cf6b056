package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class HoldTest {
    private static Map<String, String> settings(int connections, int proxies, Map<String, String> set) {
        Wish wish = new Wish(
                OptionalInt.of(connections), false, Optional.empty(), proxies, proxies, 1, Optional.empty(), set);
        Hold hold = new Hold();
        return hold.plan(hold.variants().getFirst(), wish).chain().settings();
    }

    @Test
    void shouldLeaveTheGatewayAsItIsWhereABroadcastTakesNoTime() {
        assertThat(settings(83_000, 1, Map.of())).isEmpty();
    }

    @Test
    void shouldLetTheGatewayWaitWhereABroadcastHasAllProcessors() {
        assertThat(settings(100_000, 0, Map.of())).isEqualTo(Map.of("gateway.connect_timeout", "30s"));
    }

    @Test
    void shouldSpreadPingsByHowManyHopsCarryThem() {
        assertThat(settings(1_000_000, 0, Map.of()))
                .containsEntry("gateway.ping_interval", "100s")
                .containsEntry("gateway.pong_timeout", "24s");
        assertThat(settings(250_000, 1, Map.of())).containsEntry("gateway.ping_interval", "76s");
    }

    @Test
    void shouldLetTheUsersOwnSettingsWin() {
        assertThat(settings(250_000, 1, Map.of("gateway.connect_timeout", "1s")))
                .containsEntry("gateway.connect_timeout", "1s");
    }
}
