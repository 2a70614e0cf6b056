package dev.weir.loadgen.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

final class ErrnoTest {
    @Test
    void shouldFindTheNameWhereverItIs() {
        assertThat(Errno.of(
                        new ConnectException("connect(..) failed with error(-99): Cannot assign requested address")))
                .isEqualTo("EADDRNOTAVAIL");
        assertThat(Errno.of(new RuntimeException("wrapped", new IOException("Connection reset by peer"))))
                .isEqualTo("ECONNRESET");
        assertThat(Errno.of(new IOException("bind(..) failed with error(-77): odd")))
                .isEqualTo("E77");
        assertThat(Errno.of(new IOException())).isEmpty();
    }

    @Test
    void shouldTellBindFromConnect() {
        assertThat(Errno.isOfBind(new IOException("bind(..) failed with error(-98): Address already in use")))
                .isTrue();
        assertThat(Errno.isOfBind(new IOException("connect(..) failed with error(-99): x")))
                .isFalse();
    }

    @Test
    void shouldWaitLongerAndNeverLongerThanTheMaximumWhenBackingOff() {
        assertThat(ReconnectDelay.NONE.millis(0, 0.5)).isNegative();
        assertThat(ReconnectDelay.IMMEDIATE.millis(0, 0.5)).isZero();
        assertThat(ReconnectDelay.IMMEDIATE.millis(3, 0.5)).isEqualTo(ReconnectDelay.RETRY_MILLIS);
        assertThat(ReconnectDelay.BACKOFF.millis(0, 0.5)).isEqualTo(250);
        assertThat(ReconnectDelay.BACKOFF.millis(2, 0.5)).isEqualTo(1_000);
        assertThat(ReconnectDelay.BACKOFF.millis(60, 0.999)).isEqualTo(19_980);
    }

    @Test
    void shouldReadCpuTimeWhenTheNameHasBlanksAndParentheses() {
        String stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 30 0 100 1 1";
        assertThat(ProcessCpu.read(stat)).isEqualTo(2_000_000_000L);
    }
}
