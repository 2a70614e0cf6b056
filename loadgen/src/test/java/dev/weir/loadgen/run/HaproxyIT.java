package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.Hold;
import dev.weir.loadgen.scenario.IdleTimeout;
import dev.weir.loadgen.scenario.ZeroWindow;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A HAProxy at the edge: the same scenarios, the same causes. */
final class HaproxyIT {
    private static final Map<String, String> HAPROXY = Map.of("edge.kind", "haproxy");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldHoldThroughAHaproxy() {
        RunRecord record = Lab.run(new Hold(), "plain", Lab.wish(1_000, HAPROXY), folder);

        Lab.assertAsExpected(record);
        assertThat(record.hops()).extracting(Hop::kind).containsExactly("haproxy", "nginx", "gateway");
        assertThat(record.actual())
                .containsEntry("edge.timeout_tunnel", "120s")
                .doesNotContainKey("edge.proxy_read_timeout");
        assertThat(record.missing()).noneMatch(missing -> missing.hop().equals("edge"));
        assertThat(record.evidence())
                .filteredOn(item -> item.hop().equals("edge") && item.probe().equals("haproxy-status"))
                .filteredOn(item -> item.key().equals("active"))
                .singleElement()
                .satisfies(active -> assertThat(active.peak()).isGreaterThanOrEqualTo(1_000));
    }

    @Test
    void shouldNameTheTunnelTimeoutWhenSilentConnectionsAreCut() {
        RunRecord record = Lab.run(new IdleTimeout(), "broken", Lab.wish(1_000, HAPROXY), folder);

        Lab.assertAsExpected(record);
        assertThat(Lab.assertWellFounded(record).says()).contains("ended=cD");
        assertThat(record.phases().getLast().connections().closed())
                .allMatch(close -> close.code() == 1006)
                .extracting(Close::by)
                .containsOnly("edge");
    }

    @Test
    void shouldKeepSilentConnectionsWhenTheTimeoutIsRaised() {
        Lab.assertAsExpected(Lab.run(new IdleTimeout(), "fixed", Lab.wish(1_000, HAPROXY), folder));
    }

    @Test
    void shouldShowWhatAStalledReaderParksBehindAHaproxy() {
        RunRecord record = Lab.run(new ZeroWindow(), "broken", Lab.wish(500, HAPROXY), folder);

        // What is parked is a count, which stands on a busy machine too; whether the verdict does, another test asks.
        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.SLOW_READERS);
        assertThat(top.hop()).isEqualTo("agents");
        assertThat(record.evidence())
                .filteredOn(item -> item.hop().equals("edge") && item.key().equals("down.sendq"))
                .singleElement()
                .satisfies(queue -> assertThat(queue.peak()).isGreaterThan(20e6));
    }
}
