package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ClientPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ClientPortsIT {
    private static final int CONNECTIONS = 300;
    /** 70 ports on each of three pairs of addresses, or on each of three addresses that were bound before. */
    private static final int ROOM = 210;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"broken,connect,EADDRNOTAVAIL", "plain-bind,bind,EADDRINUSE"})
    void shouldConnectAsManyAsThereArePortsAndNotOneMore(String variant, String stage, String errno) {
        RunRecord record = run(variant);

        Cause top = Lab.assertWellFounded(record);
        assertThat(List.of(top.resource(), top.hop(), top.rank()))
                .containsExactly(Resource.SOURCE_PORTS, "agents", Rank.CERTAIN);
        Forecast foretold = record.forecast().getFirst();
        assertThat(List.of(foretold.resource(), foretold.hop())).containsExactly(Resource.SOURCE_PORTS, "agents");
        Phase ramp = record.phases().getFirst();
        assertThat(ramp.connections().heldAtEnd()).isEqualTo(ROOM);
        assertThat(ramp.connections().failed())
                .extracting(Failure::stage, Failure::errno, Failure::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(stage, errno, (long) CONNECTIONS - ROOM));
        Phase broadcast = record.phases().getLast();
        assertThat(broadcast.deliveries().delivered())
                .as("those that got in lack nothing")
                .isEqualTo(5L * ROOM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "addresses"})
    void shouldConnectAllWithAWiderRangeOrWithAddressesWhosePortsAreChosenAtConnect(String variant) {
        RunRecord record = run(variant);

        assertThat(record.forecast()).isEmpty();
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    private RunRecord run(String variant) {
        RunRecord record = Lab.run(new ClientPorts(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);
        Lab.assertAsExpected(record);
        return record;
    }
}
