package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PrometheusTextTest {
    private final List<PrometheusText.Sample> samples = PrometheusText.parse(Golden.text("metrics.txt"));

    @Test
    void shouldDropPrefixAndTotalWhenNamesAreCompared() {
        assertThat(samples)
                .extracting(PrometheusText.Sample::plainName)
                .contains("node_num_clients", "client_num_server_disconnects", "queued_bytes", "node_num_channels");
    }

    @Test
    void shouldReadLabelsWhenTheyHoldQuotesAndCommas() {
        assertThat(samples)
                .contains(new PrometheusText.Sample(
                        "weir_refused_count_total", Map.of("reason", "a \"quoted\" one, with comma"), 1));
        assertThat(samples)
                .contains(new PrometheusText.Sample(
                        "jvm_memory_used_bytes", Map.of("area", "heap", "id", "Tenured Gen"), 2.1E7));
    }

    @Test
    void shouldAddUpWhatDiffersOnlyInOtherLabelsWhenReadingAGateway() {
        assertThat(MetricsProbe.readings("gateway", samples))
                .contains(
                        new Reading("gateway", "gateway", "client_num_server_disconnects{code=3008}", "1", 212),
                        new Reading("gateway", "gateway", "client_num_reply_errors{code=103}", "1", 5),
                        new Reading("gateway", "gateway", "refused_count{reason=connections}", "1", 7),
                        new Reading("gateway", "gateway", "queued_bytes", "bytes", 1.3893632E7),
                        new Reading("gateway", "gateway", "client_ping_pong_duration_seconds_bucket{le=1.0}", "1", 40),
                        new Reading("gateway", "gateway", "client_ping_pong_duration_seconds_bucket{le=+Inf}", "1", 42),
                        new Reading("gateway", "gateway", "event_loop_delay_millis_max", "ms", 12))
                .noneMatch(reading -> reading.key().contains("jvm"));
    }

    @Test
    void shouldSkipLinesWhenTheyAreNoSamples() {
        assertThat(PrometheusText.parse("# c\n\nbare\nname{a=\"b\" 1\nname{a=\"b\"} x\nok +Inf\n"))
                .containsExactly(new PrometheusText.Sample("ok", Map.of(), Double.POSITIVE_INFINITY));
    }
}
