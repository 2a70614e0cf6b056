package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {
    private final List<Promise<String>> asked = new ArrayList<>();
    private final Shared<String> shared = new Shared<>(() -> {
        asked.add(Promise.promise());
        return asked.getLast().future();
    });

    @Test
    void shouldGiveOneAnswerToAllWhoAskWhileItIsBeingFound() {
        Future<String> first = shared.get();
        Future<String> second = shared.get();

        asked.getFirst().complete("page");

        assertThat(asked).hasSize(1);
        assertThat(List.of(first.result(), second.result())).containsExactly("page", "page");
    }

    @Test
    void shouldAskAnewWhenTheLastAnswerIsThereOrHasFailed() {
        shared.get();
        asked.getLast().complete("page");
        shared.get();
        asked.getLast().fail("probe");

        Future<String> third = shared.get();

        assertThat(asked).hasSize(3);
        assertThat(third.isComplete()).isFalse();
    }
}
