package dev.weir.loadgen.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Threshold;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
    @Test
    void shouldCountInThousands() {
        assertThat(Units.count("-c", "500")).isEqualTo(500);
        assertThat(Units.count("-c", "15k")).isEqualTo(15_000);
        assertThat(Units.count("-c", "1M")).isEqualTo(1_000_000);
        assertThat(Units.count("-c", "1.5m")).isEqualTo(1_500_000);
    }

    @Test
    void shouldSizeAsNginxDoes() {
        assertThat(Units.size("--payload", "64k")).isEqualTo(65_536);
        assertThat(Units.size("--payload", "2m")).isEqualTo(2_097_152);
        assertThat(Units.byteRate("--throttled", "1k/s")).isEqualTo(1_024);
    }

    @Test
    void shouldAddUpTheParts() {
        assertThat(Units.time("-d", "1m30s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Units.time("-d", "250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(Units.time("-d", "0")).isEqualTo(Duration.ZERO);
        assertThat(Units.time("-d", "1.5h")).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void shouldRateBySecond() {
        assertThat(Units.rate("-R", "5k/s")).isEqualTo(5_000);
        assertThat(Units.rate("-R", "60/m")).isEqualTo(1);
        assertThat(Units.rate("-R", "0")).isZero();
        assertThat(Units.share("--stalled", "0.1")).isEqualTo(0.1);
        assertThat(Units.share("--stalled", "10%")).isEqualTo(0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-5", "1x", "1.0001k", "5 k", "NaN", "99999999999999999999", "1e5"})
    void shouldNameKeyAndValueWhenACountCannotBeMeant(String text) {
        assertThatThrownBy(() -> Units.count("--connections", text))
                .hasMessage("--connections must be a count such as 500, 15k or 1m: connections=" + text);
    }

    @Test
    void shouldNameTheRuleWhenOthersCannotBeMeant() {
        assertThatThrownBy(() -> Units.time("-d", "30"))
                .hasMessage("-d must be a time with a unit such as 250ms, 30s or 5m: d=30");
        assertThatThrownBy(() -> Units.time("-d", "5m x")).isInstanceOf(UnitException.class);
        assertThatThrownBy(() -> Units.time("-d", "")).isInstanceOf(UnitException.class);
        assertThatThrownBy(() -> Units.rate("-R", "5/d")).isInstanceOf(UnitException.class);
        assertThatThrownBy(() -> Units.rate("-R", "5/s/s")).isInstanceOf(UnitException.class);
        assertThatThrownBy(() -> Units.share("--stalled", "1.1")).isInstanceOf(UnitException.class);
        assertThatThrownBy(() -> Units.smallCount("-c", "3000m")).hasMessageContaining("2147483647");
    }

    @Test
    void shouldListAddressesOfARange() {
        assertThat(AddressRange.addresses("--source-ip", "127.0.0.2-4, 10.0.0.255-10.0.1.1"))
                .containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.4", "10.0.0.255", "10.0.1.0", "10.0.1.1");
        assertThat(AddressRange.addresses("--source-ip", "127.0.0.1")).containsExactly("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "127.0.0",
                "127.0.0.256",
                "127.0.0.9-2",
                "1.1.1.1-2-3",
                "0.0.0.0-255.0.0.0",
                "::1"
            })
    void shouldRefuseWhatIsNoRange(String text) {
        assertThatThrownBy(() -> AddressRange.addresses("--source-ip", text)).isInstanceOf(UnitException.class);
    }

    @Test
    void shouldReadThresholds() {
        assertThat(Thresholds.threshold("--threshold", "p(99)<500ms"))
                .isEqualTo(new Threshold.OfLatency("p(99)<500ms", Threshold.Latency.DELIVER, 99, 500));
        assertThat(Thresholds.threshold("--threshold", "connect max < 2s"))
                .isEqualTo(new Threshold.OfLatency("connect max < 2s", Threshold.Latency.CONNECT, 100, 2_000));
        assertThat(Thresholds.threshold("--threshold", "lost<1"))
                .isEqualTo(new Threshold.OfCount("lost<1", Threshold.Count.LOST, 1));
        assertThatThrownBy(() -> Thresholds.threshold("--threshold", "p(98)<1s"))
                .hasMessageContaining("threshold=p(98)<1s");
        assertThatThrownBy(() -> Thresholds.threshold("--threshold", "p(99)<1")).hasMessageContaining("unit");
    }

    @Test
    void shouldReadThresholdsOfTraffic() {
        assertThat(Thresholds.ofTraffic("--find", "p99<100ms"))
                .isEqualTo(new Threshold.OfInterface("p99<100ms", Optional.empty(), 99, 100));
        assertThat(Thresholds.ofTraffic("--find", "rpc max < 1s"))
                .isEqualTo(new Threshold.OfInterface("rpc max < 1s", Optional.of(Operation.RPC), 100, 1_000));
        assertThatThrownBy(() -> Thresholds.ofTraffic("--find", "rcp p(99)<1s"))
                .hasMessageContaining("--find must be such as 'p(99)<100ms'")
                .hasMessageContaining("unsubscribe")
                .hasMessageEndingWith("find=rcp p(99)<1s");
    }

    @Test
    void shouldReadMixes() {
        assertThat(Mixes.rates("--mix", "connect=50/s, rpc=1k/s,api=0"))
                .isEqualTo(Map.of(Operation.CONNECT, 50.0, Operation.RPC, 1_000.0, Operation.API, 0.0));
        assertThatThrownBy(() -> Mixes.rates("--mix", "conect=50/s"))
                .hasMessageContaining("--mix must be rates such as connect=50/s,rpc=100/s, of [connect, subscribe");
        assertThatThrownBy(() -> Mixes.rates("--mix", "disconnect=50/s"))
                .hasMessageContaining("which follows each connect");
        assertThatThrownBy(() -> Mixes.rates("--mix", "rpc=fast")).hasMessageContaining("be a rate such as");
        assertThatThrownBy(() -> Mixes.rates("--mix", "rpc=1,rpc=2")).hasMessageContaining("name rpc once");
    }
}
