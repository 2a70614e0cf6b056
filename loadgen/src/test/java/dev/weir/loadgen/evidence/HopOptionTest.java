package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HopOptionTest {
    @Test
    void shouldTakeEveryPartWhenAllAreGiven() {
        HopTarget hop = HopOption.parse(
                "edge=pid:12,kind=nginx,log=/var/log/e.log,status=http://127.0.0.1:81/s?a=b,metrics=http://h/m",
                pid -> HopKind.OTHER);

        assertThat(hop)
                .isEqualTo(HopTarget.ofProcess("edge", HopKind.NGINX, 12)
                        .withErrorLog(Path.of("/var/log/e.log"))
                        .withStatus(URI.create("http://127.0.0.1:81/s?a=b"))
                        .withMetrics(URI.create("http://h/m")));
    }

    @Test
    void shouldAskTheProcessWhenTheKindIsLeftOut() {
        assertThat(HopOption.parse("gateway=pid:7", pid -> HopKind.GATEWAY).kind())
                .isEqualTo(HopKind.GATEWAY);
        assertThat(HopKind.ofCommand("nginx: master process nginx -c x")).isEqualTo(HopKind.NGINX);
        assertThat(HopKind.ofCommand("/usr/sbin/haproxy -f x")).isEqualTo(HopKind.HAPROXY);
        assertThat(HopKind.ofCommand("java -cp x dev.weir.gateway.Main")).isEqualTo(HopKind.GATEWAY);
        assertThat(HopKind.ofCommand("sleep 5")).isEqualTo(HopKind.OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edge | hop must have the form",
                "edge=12 | hop must have the form",
                "edge=pid:x | hop must have a process id after pid:: pid=x",
                "edge=pid:0 | hop must have a process id > 0: pid=0",
                "edge=pid:1,kind=apache | hop must have a kind of nginx, haproxy, gateway, other, router, agents: kind=apache",
                "edge=pid:1,logs=x | hop must have the keys kind, log, status, metrics: key=logs",
                "edge=pid:1,status=ftp://x | hop must have an http URL after status=: status=ftp://x",
            })
    void shouldNameTheRuleWhenTheOptionIsWrong(String option, String message) {
        assertThatThrownBy(() -> HopOption.parse(option, pid -> HopKind.OTHER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
