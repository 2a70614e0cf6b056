package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NginxLogLineTest {
    @Test
    void shouldCountEachMessageOnceWhenTheLogIsReal() {
        Map<String, Integer> counts = new TreeMap<>();
        Golden.text("error.log").lines().forEach(line -> NginxLogLine.parse(line)
                .flatMap(NginxLogLine::messageClass)
                .ifPresent(known -> counts.merge(known.id(), 1, Integer::sum)));

        assertThat(counts)
                .containsExactly(
                        Map.entry("address-unavailable", 1),
                        Map.entry("client-timed-out-upgraded", 1),
                        Map.entry("files-exhausted", 1),
                        Map.entry("no-live-upstreams", 1),
                        Map.entry("slots-exhausted", 1),
                        Map.entry("upstream-disabled", 1),
                        Map.entry("upstream-refused", 2),
                        Map.entry("upstream-timed-out-upgraded", 2),
                        Map.entry("worker-killed", 1));
    }

    @Test
    void shouldReadStampLevelAndSignalWhenAWorkerWasKilled() {
        NginxLogLine line = NginxLogLine.parse(
                        "2026/11/21 09:56:29 [alert] 6124#6124: worker process 6125 exited on signal 9 (core dumped)")
                .orElseThrow();

        assertThat(line.at()).isEqualTo(LocalDateTime.of(2026, 11, 21, 9, 56, 29));
        assertThat(line.level()).isEqualTo("alert");
        assertThat(line.signal()).isEqualTo(9);
    }

    @Test
    void shouldTellReusedFromExhaustedSlotsWhenBothSayNotEnough() {
        assertThat(LogClass.of("20 worker_connections are not enough, reusing connections"))
                .contains(LogClass.SLOTS_REUSED);
        assertThat(LogClass.of("20 worker_connections are not enough while connecting to upstream"))
                .contains(LogClass.SLOTS_EXHAUSTED);
    }

    @Test
    void shouldBeEmptyWhenTheLineIsOfAnotherForm() {
        assertThat(NginxLogLine.parse("")).isEmpty();
        assertThat(NginxLogLine.parse("nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)"))
                .isEmpty();
    }
}
