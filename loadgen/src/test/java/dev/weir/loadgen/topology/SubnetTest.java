package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubnetTest {
    private static Subnet free(String... used) {
        return Subnet.free(List.of(used), new Random(1));
    }

    @Test
    void shouldTakeAnAddressBlockThatNobodyUses() {
        List<String> used = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            if (i != 77) {
                used.add("10." + i + ".3.0/24 dev eth" + i + " proto kernel scope link src 10." + i + ".3.9");
            }
        }

        assertThat(Subnet.free(used, new Random(1))).isEqualTo(new Subnet(10, 77));
    }

    @Test
    void shouldGoElsewhereWhenARouteTakesAllOfTen() {
        assertThat(free("10.0.0.0/8 via 192.0.2.1 dev tun0").first()).isEqualTo(172);
        assertThat(free("10.0.0.0/8 dev tun0", "172.16.0.0/12 dev tun0").first())
                .isEqualTo(198);
    }

    @Test
    void shouldNotTakeTheDefaultRouteForOneThatTakesAll() {
        assertThat(free("default via 192.0.2.1 dev eth0", "0.0.0.0/0 dev eth0").first())
                .isEqualTo(10);
    }

    @Test
    void shouldRefuseWhenNothingIsFree() {
        assertThatThrownBy(() -> free("10.0.0.0/8", "172.16.0.0/12", "198.18.0.0/15"))
                .hasMessageContaining("must be free")
                .hasMessageContaining("ip route");
    }

    @Test
    void shouldKeepWhatIsBehindTheRouterApart() {
        Subnet subnet = new Subnet(10, 7);

        assertThat(subnet.joining(1, 2)).isEqualTo("10.7.1.2");
        assertThat(subnet.behind(1, 2)).isEqualTo("10.7.129.2");
    }
}
