package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SocketErrorsTest {
    @Test
    void shouldTellWantOfDescriptorsApart() {
        assertThat(SocketErrors.wantsDescriptors(new IOException("accept failed: Too many open files")))
                .isTrue();
        assertThat(SocketErrors.wantsDescriptors(new IOException("Connection aborted")))
                .isFalse();
        assertThat(SocketErrors.wantsDescriptors(new OutOfMemoryError())).isFalse();
    }
}
