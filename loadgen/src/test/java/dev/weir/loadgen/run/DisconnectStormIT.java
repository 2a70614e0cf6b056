package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.StormReport;
import dev.weir.loadgen.scenario.DisconnectStorm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DisconnectStormIT {
    private static final int CONNECTIONS = 2_000;
    private static final int SURVIVORS = CONNECTIONS / 4;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"agents", "agents-bridge", "agents-nat"})
    void shouldKeepTheOthersWhenAgentsDie(String variant) throws IOException {
        HostState before = HostState.read();

        RunRecord record = run(variant, CONNECTIONS);

        assertThat(record.topology()).isEqualTo(variant.equals("agents") ? "local" : "netns");
        assertThat(storm(record).connections().heldAtEnd()).isEqualTo(SURVIVORS);
        assertThat(List.of("gateway", "ingress", "edge")).allSatisfy(hop -> {
            assertThat(figure(record, hop, "teardown.closed")).isGreaterThan(CONNECTIONS - SURVIVORS - 50.0);
            assertThat(figure(record, hop, "teardown.freed")).isBetween(1.0, 12_000.0);
        });
        assertThat(storm(record).interfaces()).extracting(InterfaceLoad::name).contains("connect", "api", "health");
        assertStallsAreNamed(record);
        assertThat(HostState.read()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "server-nat"})
    void shouldKeepTheOthersWhenAGatewayDies(String variant) {
        RunRecord record = run(variant, CONNECTIONS);

        assertThat(storm(record).connections().heldAtEnd()).isBetween(CONNECTIONS / 3L, CONNECTIONS * 2L / 3);
        assertThat(record.causes())
                .anyMatch(cause ->
                        cause.resource() == Resource.PROCESS_EXIT && cause.hop().equals("gateway-2"));
        assertThat(storm(record).costs())
                .as("what the flood of ends costs the agents")
                .anyMatch(cost -> cost.hop().equals("agents") && cost.cpuSeconds() > 0);
        assertStallsAreNamed(record);
    }

    @Test
    void shouldFreeAllAtEitherEndOfTheSlice() {
        RunRecord large = run("slice-large", 2 * CONNECTIONS);
        RunRecord small = run("slice-small", 2 * CONNECTIONS);

        assertThat(large.requested()).containsEntry("gateway.cleanup_slice", "65536");
        assertThat(small.requested()).containsEntry("gateway.cleanup_slice", "16");
        List<String> table = StormReport.lines(List.of(large, small));
        assertThat(table.get(1)).startsWith("slice-large").contains("4,000").contains("3,000");
        assertThat(table.get(2)).startsWith("slice-small");
    }

    /** A stall is named at its hop, and nothing is where none was; a machine that is busy with other things is allowed to stall. */
    private static void assertStallsAreNamed(RunRecord record) {
        assertThat(record.causes())
                .filteredOn(cause -> cause.resource() == Resource.TEARDOWN_BURST)
                .extracting(Cause::hop)
                .allSatisfy(
                        hop -> assertThat(figure(record, hop, "teardown.stall")).isGreaterThanOrEqualTo(250));
    }

    private RunRecord run(String variant, int connections) {
        RunRecord record =
                Lab.run(new DisconnectStorm(), variant, Lab.wish(connections, Map.of()), folder.resolve(variant));
        Lab.assertAsExpected(record);
        return record;
    }

    private static Phase storm(RunRecord record) {
        return record.phases().stream()
                .filter(phase -> phase.name().equals("storm"))
                .findFirst()
                .orElseThrow();
    }

    private static double figure(RunRecord record, String hop, String key) {
        Optional<Evidence> found = record.evidence().stream()
                .filter(item -> item.hop().equals(hop) && item.key().equals(key))
                .findFirst();
        return found.map(Evidence::peak).orElse(0.0);
    }
}
