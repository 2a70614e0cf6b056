package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class InFlightTest {
    @Test
    void shouldKeepAShareForTheApiWhenClientsFlood() {
        InFlight inFlight = new InFlight(8, 1 << 20);
        for (int i = 0; i < 6; i++) {
            inFlight.enter(1, true);
        }

        assertThatThrownBy(() -> inFlight.enter(1, true)).isInstanceOf(Overloaded.class);
        inFlight.enter(1, false);
        inFlight.enter(1, false);
        assertThatThrownBy(() -> inFlight.enter(1, false)).hasMessageContaining("messages in flight must be <= 8");
    }

    @Test
    void shouldRefuseWhenBytesAreTooMany() {
        InFlight inFlight = new InFlight(4096, 10_000);
        inFlight.enter(50_000, false);

        assertThatThrownBy(() -> inFlight.enter(1, false)).hasMessageContaining("bytes of messages in flight");
        inFlight.leave(50_000);
        assertThatCode(() -> inFlight.enter(9_000, false)).doesNotThrowAnyException();
    }
}
