package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as HAProxy 2.6.12 wrote them. */
final class HaproxyEndTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
                    24/Nov/2026:23:30:02 +0000 ended=cD status=101 time_ms=3002 sent=105; cD; TUNNEL_TIMED_OUT
                    24/Nov/2026:23:30:02 +0000 ended=-- status=101 time_ms=1003 sent=105; --; -
                    24/Nov/2026:23:30:02 +0000 ended=SC status=503 time_ms=0 sent=217; SC; UPSTREAM_REFUSED
                    127.0.0.1:41108 [24/Nov/2026:23:29:58.121] edge next/s1 0/0/0/1/3002 101 105 - - cD-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"; cD; TUNNEL_TIMED_OUT
                    127.0.0.1:41108 [24/Nov/2026:23:29:58.121] edge next/s1 0/0/0/-1/10 -1 0 - - sC-- 1/1/0/0/3 0/0 "GET / HTTP/1.1"; sC; UPSTREAM_TIMED_OUT_CONNECTING
                    127.0.0.1:41108 [24/Nov/2026:23:29:58.121] tcp next/s1 0/0/3002 105 sD 1/1/0/0/0 0/0; sD; TUNNEL_TIMED_OUT
                    [ALERT]    (16733) : Current worker (16736) exited with code 137 (Killed); !!; WORKER_KILLED
                    [ALERT]    (16733) : Current worker (16736) exited with code 143 (Terminated); !!; WORKER_KILLED
                    [NOTICE]   (16733) : New worker (16736) forked; -; -
                    """)
    void shouldReadHowAConnectionEnded(String line, String letters, HaproxyEnd end) {
        assertThat(HaproxyEnd.flags(line).orElse(null)).isEqualTo(letters);
        assertThat(HaproxyEnd.flags(line).flatMap(HaproxyEnd::of).orElse(null)).isEqualTo(end);
    }
}
