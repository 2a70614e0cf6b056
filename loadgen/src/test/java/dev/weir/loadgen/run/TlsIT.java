package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.Hold;
import dev.weir.loadgen.scenario.Wish;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS at the edge, with a certificate made on the spot. */
final class TlsIT {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void shouldHoldAndDeliverThroughAnEdgeThatSpeaksTls(String kind) {
        RunRecord record =
                Lab.run(new Hold(), "plain", Lab.wish(500, Map.of("edge.kind", kind, "edge.tls", "on")), folder);

        Lab.assertAsExpected(record);
        assertThat(record.actual()).containsEntry("edge.tls", "on");
        assertThat(record.phases()).allMatch(phase -> phase.connections().failedCount() == 0);
        assertThat(folder.resolve("tls/edge.crt")).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(folder.resolve("tls/edge.key")).isRegularFile();
    }

    @Test
    void shouldRefuseTlsWithoutAnEdge() {
        Wish wish = new Wish(
                OptionalInt.of(10), false, Optional.empty(), 0, 1, 1, Optional.empty(), Map.of("edge.tls", "on"));

        assertThatThrownBy(() -> Lab.run(new Hold(), "plain", wish, folder))
                .hasMessageStartingWith("--tls must have an edge to end it: edges=0");
    }
}
