package dev.weir.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ApiKeyTest {
    @Test
    void shouldMatchOnlyTheWholeKey() {
        ApiKey key = new ApiKey("s3cret");

        assertThat(key.matches("s3cret")).isTrue();
        assertThat(key.matches("s3cre")).isFalse();
        assertThat(key.matches("s3cret ")).isFalse();
        assertThat(key.matches("")).isFalse();
    }
}
