package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.run.RunSetup;
import dev.weir.loadgen.scenario.Hold;
import dev.weir.loadgen.scenario.ProxyPorts;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Wish;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldLeaveOutOfAllWhatMakesNoSenseWithSoManyAndSayWhy() {
        StringWriter said = new StringWriter();
        RunSetup fits = setup(new Hold(), 200_000);
        RunSetup tooMany = setup(new ProxyPorts(), 200_000);

        List<RunSetup> offered = Runs.offered(List.of(fits, tooMany), new PrintWriter(said), plan -> Optional.empty());

        assertThat(offered).containsExactly(fits);
        assertThat(said.toString())
                .contains("left out: proxy-ports / broken: connections must be <= ")
                .contains("connections=200000");
    }

    @Test
    void shouldRefuseWhenNothingOfAllMakesSenseWithSoMany() {
        List<RunSetup> tooMany = List.of(setup(new ProxyPorts(), 200_000));

        assertThatThrownBy(() -> Runs.offered(tooMany, new PrintWriter(new StringWriter()), plan -> Optional.empty()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("connections=200000");
    }

    @Test
    void shouldLeaveOutWhatATopologyDoesNotOffer() {
        StringWriter said = new StringWriter();

        List<RunSetup> offered = Runs.offered(
                List.of(setup(new Hold(), 100)), new PrintWriter(said), plan -> Optional.of("no containers"));

        assertThat(offered).isEmpty();
        assertThat(said.toString()).contains("left out: hold / plain: not offered there: no containers");
    }

    @Test
    void shouldPassOnWhatATopologyCannot() {
        List<RunSetup> one = List.of(setup(new Hold(), 100));

        assertThatThrownBy(() -> Runs.offered(one, new PrintWriter(new StringWriter()), plan -> {
                    throw LabException.environment("engine must answer");
                }))
                .hasMessage("engine must answer");
    }

    private RunSetup setup(Scenario scenario, int connections) {
        Wish wish = new Wish(OptionalInt.of(connections), false, Optional.empty(), 1, 1, 1, Optional.empty(), Map.of());
        return new RunSetup(scenario, scenario.variants().getFirst(), wish, 42, folder, false);
    }

    @Test
    void shouldGiveEachRunAFolderOfItsOwnWhenTwoStartInOneSecond() {
        Path runs = folder.resolve("runs");

        assertThat(Runs.newFolder(runs, "20260101-000000-hold")).isEqualTo(runs.resolve("20260101-000000-hold"));
        assertThat(Runs.newFolder(runs, "20260101-000000-hold")).isEqualTo(runs.resolve("20260101-000000-hold-2"));
    }
}
