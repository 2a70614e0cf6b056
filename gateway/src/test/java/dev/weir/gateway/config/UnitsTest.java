package dev.weir.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
    @Test
    void shouldScaleCountsByThousandsAndSizesByPowersOfTwo() {
        assertThat(Units.count("15k")).isEqualTo(OptionalLong.of(15_000));
        assertThat(Units.count("1m")).isEqualTo(OptionalLong.of(1_000_000));
        assertThat(Units.size("64k")).isEqualTo(OptionalLong.of(65_536));
        assertThat(Units.size("1M")).isEqualTo(OptionalLong.of(1_048_576));
        assertThat(Units.ratePerSecond("1k/s")).isEqualTo(OptionalLong.of(1_000));
        assertThat(Units.time("500ms")).contains(Duration.ofMillis(500));
        assertThat(Units.time("5m")).contains(Duration.ofMinutes(5));
        assertThat(Units.time("0")).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "k",
                "-1",
                "+1",
                "1.5k",
                "1K ",
                " 1",
                "0x10",
                "1kk",
                "1g",
                "1e3",
                "1_000",
                "٣",
                "9999999999999"
            })
    void shouldReadNoCountWhenItIsAnythingElse(String text) {
        assertThat(Units.count(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25", "1.5s", "s", "-1s", "1 s", "1d", "1us", "00", "9999999999s"})
    void shouldReadNoTimeWhenTheUnitIsMissingOrUnknown(String text) {
        assertThat(Units.time(text)).isEmpty();
    }

    @Test
    void shouldPrintWhatItReads() {
        assertThat(Units.timeText(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Units.timeText(Duration.ofMillis(1_500))).isEqualTo("1500ms");
        assertThat(Units.timeText(Duration.ofHours(1))).isEqualTo("1h");
        assertThat(Units.timeText(Duration.ZERO)).isEqualTo("0");
        assertThat(Units.sizeText(65_536)).isEqualTo("64k");
        assertThat(Units.sizeText(1_000)).isEqualTo("1000");
        assertThat(Units.countText(1_500)).isEqualTo("1500");
        assertThat(Units.countText(15_000)).isEqualTo("15k");
    }
}
