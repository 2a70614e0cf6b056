package dev.weir.loadgen.compare;

import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.DistributionRecorder;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Host;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run for tests, of which each test changes what it is about. */
final class Ran {
    String scenario = "zero-window";
    String kernel = "6.18.0";
    int cores = 2;
    int connections = 500;
    String phase = "broadcast";
    long published = 100;
    long held = 500;
    long[] deliverMicros = {4_000, 5_000, 6_000};
    double loopDelayMillis = 1;
    double edgeMemory = 50e6;
    boolean histograms = true;
    Map<String, Object> settings = Map.of("edge.sndbuf", "none");
    List<Close> closes = List.of();
    List<Cause> causes = List.of();

    static Close cut(String by, String how, int code, long count) {
        return new Close(by, how, code, "", count, "normal", Percentiles.NONE, Percentiles.NONE, 0, 0);
    }

    static Cause slowReaders(Rank rank) {
        return new Cause(Resource.SLOW_READERS, "agents", rank, List.of("e1", "s1"), "", "");
    }

    RunView view() {
        return new RunView("runs/x", run(), histograms ? Optional.of(micros()) : Optional.empty());
    }

    private Map<String, Distribution> micros() {
        DistributionRecorder recorder = new DistributionRecorder();
        for (int i = 0; i < 1_000; i++) {
            for (long each : deliverMicros) {
                recorder.record(each);
            }
        }
        return Map.of(phase + ".deliverIntended", recorder.take());
    }

    private RunRecord run() {
        Phase broadcast = new Phase(
                phase,
                0,
                4_000,
                new Connections(connections, 0, held, List.of(), closes),
                new Deliveries(published, 2_800, 2_800, 0, 0, 0),
                Deliveries.NONE,
                new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                new GeneratorLoad(0.2, loopDelayMillis, 0, 0, 0));
        Map<String, Object> actual = new HashMap<>(settings);
        actual.put("connections", connections);
        return new RunRecord(
                RunRecord.FORM,
                "0.1.0",
                scenario,
                "broken",
                "local",
                42,
                "2026-11-24T23:00:00Z",
                settings,
                actual,
                new Host(kernel, cores, 25_000_000_000L, Map.of("nofile", "20000", "fs.file-nr", "1 0 " + edgeMemory)),
                List.of(new Hop("edge", "nginx", "1.22.1", List.of(17L), "sha256:00")),
                List.of(broadcast),
                List.of(
                        new Evidence("e1", "edge", "process", "pss", "bytes", 4e6, edgeMemory, edgeMemory),
                        new Evidence("e2", "edge", "process", "cpu.share", "share", 0, 0.5, 0)),
                List.of(),
                causes,
                new VerdictRecord("reproduced", "reproduced", true, List.of()),
                List.of(),
                List.of());
    }
}
