package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.Hold;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NetnsIT {
    private static final int CONNECTIONS = 300;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldHoldThroughANamespaceForEachHopAndLeaveNothing() throws Exception {
        HostState before = HostState.read();
        assertThat(HostState.isRoot()).as("network namespaces need root").isTrue();

        RunRecord record = Lab.runOn("netns", new Hold(), "plain", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.topology()).isEqualTo("netns");
        assertThat(record.evidence().stream()
                        .filter(item ->
                                item.probe().equals("namespace") && item.key().equals("source-ports"))
                        .map(Evidence::hop))
                .as("each hop has settings of its own")
                .contains("agents", "edge", "ingress", "gateway");
        assertThat(sockets(record, "agents", "up.sockets")).isEqualTo(CONNECTIONS);
        assertThat(sockets(record, "edge", "down.sockets")).isEqualTo(CONNECTIONS);
        assertThat(sockets(record, "gateway", "down.sockets")).isEqualTo(CONNECTIONS);
        assertThat(HostState.read()).isEqualTo(before);
    }

    private static double sockets(RunRecord record, String hop, String key) {
        return record.evidence().stream()
                .filter(item -> item.hop().equals(hop) && item.key().equals(key))
                .mapToDouble(Evidence::peak)
                .max()
                .orElse(0);
    }
}
