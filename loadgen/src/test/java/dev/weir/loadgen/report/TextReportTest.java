package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private final List<String> lines = TextReport.lines(Records.idleTimeout());

    @Test
    void shouldBeginWithTheVerdict() {
        assertThat(lines).first().isEqualTo("idle-timeout / broken: reproduced, as expected");
    }

    @Test
    void shouldCiteTheFiguresOfACause() {
        assertThat(lines)
                .contains("  cause: idle-timeout at edge (certain)")
                .contains("    - e1 edge error-log upstream timed out: 0 → 2,000")
                .contains("    fix: raise proxy_read_timeout");
    }

    @Test
    void shouldSayWhereTheGeneratorWasTheLimit() {
        assertThat(lines).anyMatch(line -> line.contains("ramp") && line.contains("4.0*"));
        assertThat(lines).anyMatch(line -> line.contains("counts stand, latencies claim nothing"));
    }

    @Test
    void shouldShowFailuresClosesDifferencesAndWhatIsMissing() {
        assertThat(lines)
                .contains("  failed in ramp: 3 at connect ECONNREFUSED")
                .contains("  ended in hold: 2,000 normal by edge (fin, 1006), age p50 3.0 s, idle p50 3.0 s")
                .contains("  setting edge.proxy_read_timeout: requested 3s, actual 5s")
                .contains("  missing: ss at ingress: ss not found");
    }
}
