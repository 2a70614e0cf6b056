package dev.weir.loadgen.report;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Host;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.List;
import java.util.Map;

/** A record for tests. */
final class Records {
    private Records() {}

    static RunRecord idleTimeout() {
        Percentiles age = new Percentiles(2_000, 3_000, 3_010, 3_020, 3_030, 3_031, 3_040);
        Percentiles connect = new Percentiles(2_000, 1, 2, 3, 4, 5, 6);
        Close cut = new Close("edge", "fin", 1006, "", 2_000, "normal", age, age, 3_000, 3_900);
        Phase ramp = new Phase(
                "ramp",
                0,
                900,
                new Connections(2_000, 2_000, 2_000, List.of(new Failure("connect", "ECONNREFUSED", 0, 3)), List.of()),
                Deliveries.NONE,
                Deliveries.NONE,
                new Latencies(connect, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                new GeneratorLoad(0.95, 120, 0, 0, 0));
        Phase hold = new Phase(
                "hold",
                900,
                4_000,
                new Connections(2_000, 0, 0, List.of(), List.of(cut)),
                Deliveries.NONE,
                Deliveries.NONE,
                new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                new GeneratorLoad(0.1, 1, 0, 0, 0));
        return new RunRecord(
                RunRecord.FORM,
                "0.1.0",
                "idle-timeout",
                "broken",
                "local",
                42,
                "2026-11-21T06:13:00Z",
                Map.of("edge.proxy_read_timeout", "3s"),
                Map.of("edge.proxy_read_timeout", "5s"),
                new Host("6.18.0", 2, 25_000_000_000L, Map.of("nofile", "20000")),
                List.of(new Hop("edge", "nginx", "1.22.1", List.of(17L), "sha256:00")),
                List.of(ramp, hold),
                List.of(
                        new Evidence("e1", "edge", "error-log", "upstream timed out", "1", 0, 2_000, 2_000),
                        new Evidence("s1", "agents", "symptoms", "closed", "1", 0, 2_000, 2_000)),
                List.of(new Missing("ingress", "ss", "ss not found")),
                List.of(new Cause(
                        Resource.IDLE_TIMEOUT,
                        "edge",
                        Rank.CERTAIN,
                        List.of("e1", "s1"),
                        "edge closed 2,000 connections 3.0 s after the last byte",
                        "raise proxy_read_timeout")),
                new VerdictRecord("reproduced", "reproduced", true, List.of("2,000 of 2,000 ended")),
                List.of(),
                List.of());
    }
}
