package dev.weir.loadgen.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.outcome.Host;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.plan.HostFacts;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.ConntrackFull;
import dev.weir.loadgen.scenario.Expected;
import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Strain;
import dev.weir.loadgen.scenario.Surroundings;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.proxy.ProxyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is refused before a run, and in which words. */
final class PreflightTest {
    private static final ProxyConfig PROXIES =
            ProxyConfig.at(Path.of(System.getProperty("weir.home", "..")).resolve("proxy-config"));
    private static final Host HOST = new Host(
            "6.18.5",
            2,
            25_000_000_000L,
            Map.of(
                    "nofile", "20000",
                    "fs.nr_open", "1048576",
                    "fs.file-max", "2466170",
                    "net.ipv4.ip_local_port_range", "32768 60999",
                    "net.ipv4.tcp_mem", "287898 383867 575796",
                    "memory.available", "23000000000"));

    private static Preflight preflight(boolean tables, boolean force) {
        HostFacts facts = HostFacts.of(HOST, tables);
        return new Preflight(new Loads(PROXIES, facts.limits()), facts, force);
    }

    private static Chain chain(int hops, int connections, Map<String, String> settings) {
        return new Chain(hops, hops, 1, "tuned", settings, connections);
    }

    @Test
    void shouldNameTheFirstLimitAndTheNumberThatFitsWhenTheHostIsTooSmall() {
        assertThatThrownBy(() -> preflight(false, false).check(chain(0, 50_000, Map.of())))
                .isInstanceOfSatisfying(LabException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(LabException.Kind.ENVIRONMENT))
                .hasMessageStartingWith("connections must be <= 19,488 here: connections=50,000"
                        + " (file-descriptors at gateway: descriptors=50,512 allowed=20,000,")
                .hasMessageContaining("this sandbox refuses a table for each event loop")
                .hasMessageContaining("LimitNOFILE=50512")
                .hasMessageContaining("--force");
    }

    @Test
    void shouldLetPassWhatLoopsWithTheirOwnTablesHold() {
        assertThatCode(() -> preflight(true, false).check(chain(0, 1_000_000, Map.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldLetEverythingPassWhenForced() {
        assertThatCode(() -> preflight(false, true).check(chain(1, 3_000_000, Map.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldTakeSettingsFromTheTemplatesWhenSlotsAreGiven() {
        Map<String, String> slots = Map.of("edge.worker_processes", "2", "edge.worker_connections", "150");

        assertThatThrownBy(() -> preflight(true, false).check(chain(1, 400, slots)))
                .hasMessageContaining("worker-slots at edge: slots=960 allowed=300");
    }

    @Test
    void shouldForetellALimitThatIsPassedOnPurposeAndRefuseAnyOther() {
        Map<String, String> slots = Map.of("edge.worker_processes", "2", "edge.worker_connections", "150");
        Chain meant = new Chain(
                1, 1, 1, "tuned", slots, 400, List.of(new Strain(Resource.WORKER_SLOTS, "edge")), Surroundings.NONE);
        Chain elsewhere = new Chain(
                1, 1, 1, "tuned", slots, 400, List.of(new Strain(Resource.WORKER_SLOTS, "ingress")), Surroundings.NONE);

        assertThat(preflight(true, false).check(meant)).singleElement().satisfies(forecast -> {
            assertThat(forecast.resource()).isEqualTo(Resource.WORKER_SLOTS);
            assertThat(forecast.hop()).isEqualTo("edge");
            assertThat(forecast.needed()).isEqualTo(960);
            assertThat(forecast.allowed()).isEqualTo(300);
        });
        assertThatThrownBy(() -> preflight(true, false).check(elsewhere))
                .hasMessageContaining("worker-slots at edge: slots=960 allowed=300");
    }

    @Test
    void shouldCountLargerBuffersAsMemory() {
        Map<String, String> buffers = Map.of("edge.proxy_buffer_size", "64k", "ingress.proxy_buffer_size", "64k");
        assertThatCode(() -> preflight(true, false).check(chain(1, 200_000, Map.of())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> preflight(true, false).check(chain(1, 200_000, buffers)))
                .hasMessageContaining("memory-limit at host");
    }

    @Test
    void shouldRefuseAForeignTargetsLoadWhenPortsDoNotSuffice() {
        Load load = Load.of(50_000, List.of(new Station.Agents(3, 1), new Station.Target(1)));

        assertThatThrownBy(() -> Preflight.check(load, HostFacts.of(HOST, true), false))
                .hasMessageStartingWith("connections must be <= 14,116 here")
                .hasMessageContaining("source-ports at agents")
                .hasMessageContaining("--source-ip");
    }

    @Test
    void shouldForetellTheTableOfAHopThatTracksInItsNamespace() {
        Scenario full = new ConntrackFull();

        assertThat(preflight(true, false).check(full.plan(full.variants().getFirst(), Wish.DEFAULT)))
                .singleElement()
                .satisfies(forecast -> {
                    assertThat(forecast.resource()).isEqualTo(Resource.CONNTRACK_TABLE);
                    assertThat(forecast.hop()).isEqualTo("edge");
                    assertThat(forecast.needed()).isEqualTo(1_200);
                    assertThat(forecast.allowed()).isEqualTo(720);
                    assertThat(forecast.fits()).isEqualTo(360);
                });
        assertThat(preflight(true, false).check(full.plan(full.variants().getLast(), Wish.DEFAULT)))
                .as("kept out of the table")
                .isEmpty();
    }

    @Test
    void shouldRefuseWhatThePortsOfAHopsNamespaceCannotCarry() {
        HopNetwork narrow = HopNetwork.PLAIN.withSysctls(Map.of("net.ipv4.ip_local_port_range", "40000 40199"));
        Network network = new Network.Namespaces(Map.of("edge", narrow), Optional.empty());
        Chain chain = chain(1, 300, Map.of()).in(Surroundings.NONE.on(network));
        Plan plan = new Plan(chain, 300, 1, true, true, List.of(), Expected.PROMISES_HELD, Optional.empty());

        assertThatThrownBy(() -> preflight(true, false).check(plan))
                .hasMessageContaining("source-ports at edge")
                .hasMessageContaining("200 ports of its namespace");
    }

    @Test
    void shouldBeAMistypedNumberWhenThereIsNothingToCarry() {
        assertThatThrownBy(() -> preflight(true, false).check(chain(1, 0, Map.of())))
                .hasMessage("--connections must be >= 1: connections=0");
    }
}
