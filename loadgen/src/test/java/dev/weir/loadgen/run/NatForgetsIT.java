package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.NatForgets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NatForgetsIT {
    private static final int CONNECTIONS = 100;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldLoseEveryMessageWithoutAnErrorWhenTheRouterForgets() throws IOException {
        HostState before = HostState.read();

        RunRecord record = run("broken");

        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.NETWORK_PATH);
        assertThat(record.causes())
                .as("and what stays of the flows at the edge")
                .anyMatch(cause ->
                        cause.resource() == Resource.HALF_OPEN && cause.hop().equals("edge"));
        assertThat(record.topology()).isEqualTo("netns");
        assertThat(record.evidence())
                .as("the router had a flow for each connection, and forgot")
                .anyMatch(item -> item.hop().equals("nat")
                        && item.probe().equals("conntrack")
                        && item.key().equals("count")
                        && item.peak() >= CONNECTIONS
                        && item.after() < CONNECTIONS / 2.0);
        assertThat(HostState.read()).isEqualTo(before);
    }

    @Test
    void shouldDeliverAllWhenPingsKeepTheFlowsAlive() {
        RunRecord record = run("fixed");

        assertThat(record.phases().getLast().deliveries().delivered()).isEqualTo(2L * CONNECTIONS);
    }

    private RunRecord run(String variant) {
        RunRecord record = Lab.run(new NatForgets(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);
        Lab.assertAsExpected(record);
        return record;
    }
}
