package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnstileTest {
    private final List<String> handedOver = new ArrayList<>();
    private final Turnstile turnstile = new Turnstile(2);

    private boolean enter(String name) {
        return turnstile.enter(() -> handedOver.add(name));
    }

    @Test
    void shouldLetInAsManyAsThereArePlaces() {
        assertThat(enter("a")).isTrue();
        assertThat(enter("b")).isTrue();
        assertThat(enter("c")).isFalse();
        assertThat(handedOver).isEmpty();
    }

    @Test
    void shouldLeaveAProcessorToAllElseWhereLoopsAreMany() {
        assertThat(placesOf(Turnstile.of(54, 4))).isEqualTo(3);
        assertThat(placesOf(Turnstile.of(54, 1))).isEqualTo(1);
        assertThat(placesOf(Turnstile.of(4, 4))).isEqualTo(4);
    }

    private static int placesOf(Turnstile free) {
        int places = 0;
        while (free.enter(() -> {})) {
            places++;
        }
        return places;
    }

    @Test
    void shouldHandAPlaceToWhoHasWaitedLongest() {
        enter("a");
        enter("b");
        enter("c");
        enter("d");

        turnstile.leave();

        assertThat(handedOver).containsExactly("c");
        turnstile.leave();
        assertThat(handedOver).containsExactly("c", "d");
    }

    @Test
    void shouldHaveItsPlacesBackWhenNobodyWaits() {
        enter("a");
        enter("b");
        turnstile.leave();
        turnstile.leave();

        assertThat(enter("c")).isTrue();
        assertThat(enter("d")).isTrue();
        assertThat(enter("e")).isFalse();
    }
}
