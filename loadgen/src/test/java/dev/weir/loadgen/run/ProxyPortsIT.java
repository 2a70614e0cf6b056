package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ProxyPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ProxyPortsIT {
    private static final int CONNECTIONS = 400;
    /** 120 ports towards each of two servers. */
    private static final int ROOM = 240;
    /** Nine tenths of them. */
    private static final int LIMIT = 216;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldMarkHealthyServersDownAndKeepOutWhoComesBack() {
        RunRecord record = run("broken");

        assertNamed(record, Resource.SOURCE_PORTS, ROOM);
        assertThat(logged(record, "upstream-disabled")).isPositive();
        Connections back = back(record);
        assertThat(back.opened())
                .as("ports are free, but no server is taken for alive: " + back)
                .isLessThan(back.failedCount());
    }

    @Test
    void shouldBlameNobodyAndLetInWhoComesBackWhenFailuresAreNotCounted() {
        RunRecord record = run("max-fails");

        assertNamed(record, Resource.SOURCE_PORTS, ROOM);
        assertThat(logged(record, "upstream-disabled")).isZero();
        assertThat(logged(record, "no-live-upstreams")).isZero();
        assertThat(back(record).opened()).isGreaterThan(back(record).failedCount());
    }

    @Test
    void shouldRefuseBeforePortsAreGoneWhenServersHaveALimit() {
        RunRecord record = run("max-conns");

        assertNamed(record, Resource.ADMISSION_LIMIT, LIMIT);
        assertThat(logged(record, "address-unavailable")).isZero();
        assertThat(logged(record, "upstream-disabled")).isZero();
        assertThat(back(record).opened()).isGreaterThan(back(record).failedCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "upstream-ports", "proxy-bind"})
    void shouldConnectAllWithMoreTuples(String variant) {
        RunRecord record = run(variant);

        assertThat(record.forecast()).isEmpty();
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    private static void assertNamed(RunRecord record, Resource resource, int room) {
        Cause top = Lab.assertWellFounded(record);
        assertThat(List.of(top.resource(), top.hop(), top.rank())).containsExactly(resource, "edge", Rank.CERTAIN);
        assertThat(record.forecast())
                .anyMatch(foretold ->
                        foretold.resource() == resource && foretold.hop().equals("edge"));
        Phase ramp = record.phases().getFirst();
        assertThat(ramp.connections().heldAtEnd()).as("as many as find room").isEqualTo(room);
        Phase broadcast = record.phases().getLast();
        assertThat(broadcast.deliveries().delivered())
                .as("those that are in lack nothing")
                .isEqualTo(5 * broadcast.connections().heldAtEnd());
    }

    private static Connections back(RunRecord record) {
        return record.phases().get(1).connections();
    }

    private static double logged(RunRecord record, String line) {
        return record.evidence().stream()
                .filter(item -> item.hop().equals("edge")
                        && item.probe().equals("error-log")
                        && item.key().equals(line))
                .mapToDouble(Evidence::after)
                .findFirst()
                .orElseThrow();
    }

    private RunRecord run(String variant) {
        RunRecord record = Lab.run(new ProxyPorts(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);
        Lab.assertAsExpected(record);
        return record;
    }
}
