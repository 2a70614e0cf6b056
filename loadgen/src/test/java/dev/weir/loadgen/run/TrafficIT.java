package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.TextReport;
import dev.weir.loadgen.scenario.Traffic;
import dev.weir.loadgen.scenario.TrafficWish;
import dev.weir.loadgen.scenario.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrafficIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldAnswerEveryOperationThroughTwoHopsAndAgreeWithTheGateway() {
        Wish wish = Lab.wish(500, Map.of())
                .with(new TrafficWish(Map.of(Operation.RPC, 60.0), Optional.empty()))
                .lasting(Duration.ofSeconds(3));

        RunRecord record = Lab.run(new Traffic(), "plain", wish, folder);

        String report = String.join("\n", TextReport.lines(record));
        Phase traffic = record.phases().getLast();
        assertThat(traffic.interfaces())
                .extracting(InterfaceLoad::name)
                .containsExactlyElementsOf(Arrays.stream(Operation.values())
                        .filter(operation -> operation != Operation.HEALTH)
                        .map(Operation::id)
                        .toList());
        assertThat(traffic.interfaces()).as(report).allSatisfy(load -> {
            assertThat(load.asked()).isPositive();
            assertThat(load.answered()).isEqualTo(load.asked());
            assertThat(load.deliveries().came()).isEqualTo(load.deliveries().owed());
            assertThat(load.latencyMillis().intended().p50())
                    .isGreaterThanOrEqualTo(load.latencyMillis().actual().p50());
        });
        assertThat(of(traffic, "rpc").asked()).isBetween(178L, 182L);
        assertThat(of(traffic, "rpc").unavailable())
                .isEqualTo(of(traffic, "rpc").answered());
        assertThat(of(traffic, "publish").deliveries().owed())
                .as("50 members a room")
                .isEqualTo(50 * of(traffic, "publish").answered());
        assertThat(of(traffic, "disconnect").asked())
                .isEqualTo(of(traffic, "connect").answered());
        assertThat(traffic.connections().heldAtEnd()).isEqualTo(500);
        assertThat(traffic.costs()).extracting(HopCost::hop).containsExactly("agents", "edge", "ingress", "gateway");
        assertAgreesWithTheGateway(record);
        assertThat(report).contains("error 108, not available", "cost of traffic");
        assertThat(record.verdict().why()).as(report).anyMatch(line -> line.startsWith("in traffic: "));
        assertThat(record.verdict().asExpected()
                        || "inconclusive".equals(record.verdict().value()))
                .as(report)
                .isTrue();
    }

    private static InterfaceLoad of(Phase phase, String name) {
        return phase.interfaces().stream()
                .filter(load -> load.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the gateway counted from its first connection to its last reading is what the agents say they did. */
    private static void assertAgreesWithTheGateway(RunRecord record) {
        List<InterfaceLoad> loads = record.phases().stream()
                .flatMap(phase -> phase.interfaces().stream())
                .toList();
        long visitors = sum(loads, "connect");

        assertThat(rise(record, "client_num_reply_errors{code=108}")).isEqualTo((double) sum(loads, "rpc"));
        assertThat(rise(record, "client_connections_accepted")).isEqualTo(500.0 + visitors);
        assertThat(after(record, "node_num_clients")).isEqualTo(500);
        assertThat(after(record, "node_num_subscriptions")).isEqualTo(500);
    }

    private static long sum(List<InterfaceLoad> loads, String name) {
        return loads.stream()
                .filter(load -> load.name().equals(name))
                .mapToLong(InterfaceLoad::answered)
                .sum();
    }

    private static double rise(RunRecord record, String key) {
        return find(record, key).after() - find(record, key).before();
    }

    private static double after(RunRecord record, String key) {
        return find(record, key).after();
    }

    private static Evidence find(RunRecord record, String key) {
        return record.evidence().stream()
                .filter(item -> item.hop().equals("gateway") && item.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figure of the gateway: " + key + " in "
                        + record.evidence().stream()
                                .filter(item -> item.probe().equals("gateway"))
                                .map(Evidence::key)
                                .toList()));
    }
}
