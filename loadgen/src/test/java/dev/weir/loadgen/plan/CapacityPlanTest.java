package dev.weir.loadgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Resource;
import dev.weir.proxy.capacity.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The planner over published figures, and properties of it over all demands. */
final class CapacityPlanTest {
    private static final HostFacts HOST = host(20_000, false, PortRange.LINUX_DEFAULT, 24L << 30);

    private static HostFacts host(long descriptors, boolean tables, PortRange ports, long memoryBytes) {
        return new HostFacts(
                new HostFacts.Files(descriptors, tables, 1 << 20, 2_466_170, true),
                new HostFacts.Network(ports, 4_096, 575_796, false, 262_144, 0),
                new HostFacts.Memory(memoryBytes, memoryBytes),
                2);
    }

    private static List<Station> chain(int edges, int ingresses, int gateways, int listening) {
        List<Station> stations = new ArrayList<>(List.of(new Station.Agents(0, 0)));
        if (edges > 0) {
            stations.add(new Station.Proxy("edge", edges, 1, 1, Workers.TUNED));
        }
        if (ingresses > 0) {
            stations.add(new Station.Proxy("ingress", ingresses, 1, listening, Workers.TUNED));
        }
        stations.add(new Station.Gateway(gateways, listening));
        return stations;
    }

    private static Limit limit(CapacityPlan plan, Resource resource, String hop) {
        return plan.limits().stream()
                .filter(each -> each.resource() == resource && each.hop().equals(hop))
                .findFirst()
                .orElseThrow();
    }

    /** Field report B, step 4: 21000-61000 × 5 ingress × 4 nginx is 800k, less other traffic: they stuck at 720k. */
    @Example
    void shouldStopAt720ThousandWhenGivenTheFiguresOfReportB() {
        HostFacts host = host(1_048_576, false, new PortRange(21_000, 61_000), 64L << 30);
        Load load = new Load(1_000_000, chain(4, 5, 8, 1), false, 80_000, Load.Traffic.DEFAULT);

        CapacityPlan plan = CapacityPlan.of(load, host);

        Limit first = plan.first().orElseThrow();
        assertThat(first.name()).isEqualTo("source-ports at edge");
        Link link = Objects.requireNonNull(plan.hops().get(1).link());
        assertThat(link.ceiling()).isEqualTo(720_020);
        assertThat(plan.fits()).isEqualTo(link.planned()).isEqualTo(320_000);
    }

    /** Their remedy, 1024-65530, made room for 1.2 million; at full speed it is half of that. */
    @Example
    void shouldCarryMoreWhenTheRangeIsWidenedAsInReportB() {
        HostFacts host = host(1_048_576, false, new PortRange(1_024, 65_530), 64L << 30);
        Load load = new Load(1_000_000, chain(4, 5, 8, 1), false, 0, Load.Traffic.DEFAULT);

        Link link =
                Objects.requireNonNull(CapacityPlan.of(load, host).hops().get(1).link());

        assertThat(link.ceiling()).isEqualTo(1_290_140);
        assertThat(link.planned()).isEqualTo(645_060);
    }

    @Example
    void shouldBeHeldToOneTableWhenTheSandboxRefusesMore() {
        CapacityPlan plan = CapacityPlan.of(Load.of(50_000, chain(0, 0, 1, 0)), HOST);

        assertThat(plan.first().map(Limit::name)).contains("file-descriptors at gateway");
        assertThat(plan.fits()).isEqualTo(19_488);
        assertThat(plan.tables()).isEqualTo(CapacityPlan.TableUse.REFUSED);
    }

    @Example
    void shouldCarryAMillionWhenLoopsHaveTablesOfTheirOwn() {
        HostFacts host = host(20_000, true, PortRange.LINUX_DEFAULT, 24L << 30);

        CapacityPlan plan = CapacityPlan.of(Load.of(1_000_000, chain(0, 0, 1, 0)), host);

        assertThat(plan.first()).isEmpty();
        assertThat(plan.tables()).isEqualTo(CapacityPlan.TableUse.USED);
        assertThat(plan.hops().getLast().tablesEach()).isEqualTo(52);
        assertThat(limit(plan, Resource.TCP_MEMORY, "host").isPassed()).isTrue();
    }

    @Example
    void shouldSayThatOneTableIsEnoughWhenItIs() {
        assertThat(CapacityPlan.of(Load.of(15_000, chain(1, 1, 1, 0)), HOST).tables())
                .isEqualTo(CapacityPlan.TableUse.NOT_NEEDED);
    }

    /** Field report E: 65,536 entries stopped it at the table; only where connections are tracked. */
    @Example
    void shouldCountFlowsOnlyWhenConnectionsAreTracked() {
        HostFacts tracked = new HostFacts(
                HOST.files(),
                new HostFacts.Network(PortRange.LINUX_DEFAULT, 4_096, 575_796, true, 65_536, 36),
                HOST.memory(),
                2);
        Load load = Load.of(30_000, chain(1, 1, 4, 0));

        assertThat(CapacityPlan.of(load, HOST).first()).isEmpty();
        Limit first = CapacityPlan.of(load, tracked).first().orElseThrow();
        assertThat(first.name()).isEqualTo("conntrack-table at host");
        assertThat(first.fits()).isEqualTo(65_500 / 3);
    }

    @Example
    void shouldRefuseSlotsThatWereSetTooLow() {
        List<Station> stations = List.of(
                new Station.Agents(0, 0),
                new Station.Proxy("edge", 1, 1, 1, new Workers(2, 150, 4_096, 2_048)),
                new Station.Gateway(1, 0));

        CapacityPlan plan = CapacityPlan.of(Load.of(400, stations), HOST);

        assertThat(plan.first().map(Limit::name)).contains("worker-slots at edge");
        assertThat(plan.fits()).isEqualTo(125);
    }

    @Property(tries = 200)
    void shouldPassAtTheNumberThatFitsAndFailBeyondIt(
            @ForAll @IntRange(min = 1, max = 3_000_000) int connections,
            @ForAll @IntRange(min = 0, max = 4) int edges,
            @ForAll @IntRange(min = 0, max = 4) int ingresses,
            @ForAll @IntRange(min = 1, max = 8) int gateways,
            @ForAll @IntRange(min = 2_048, max = 200_000) int descriptors,
            @ForAll boolean tables,
            @ForAll boolean oneHost) {
        HostFacts host = host(descriptors, tables, PortRange.LINUX_DEFAULT, 24L << 30);
        Load load = new Load(connections, chain(edges, ingresses, gateways, 1), oneHost, 1_000, Load.Traffic.DEFAULT);

        long fits = CapacityPlan.of(load, host).fits();

        assertThat(CapacityPlan.of(load, host).first().isEmpty()).isEqualTo(connections <= fits);
        if (fits > 0) {
            assertThat(CapacityPlan.of(load.with(fits), host).first()).isEmpty();
        }
        if (fits < Load.CONNECTIONS_MAX) {
            assertThat(CapacityPlan.of(load.with(fits + 1), host).first()).isPresent();
        }
    }

    @Property(tries = 200)
    void shouldNeverNeedLessWhenConnectionsAreMore(
            @ForAll @IntRange(min = 1, max = 2_000_000) int connections,
            @ForAll @IntRange(min = 1, max = 100_000) int more,
            @ForAll @IntRange(min = 0, max = 4) int edges,
            @ForAll @IntRange(min = 1, max = 4) int gateways,
            @ForAll boolean tables) {
        HostFacts host = host(20_000, tables, PortRange.LINUX_DEFAULT, 24L << 30);
        Load load = Load.of(connections, chain(edges, edges, gateways, 0));

        CapacityPlan less = CapacityPlan.of(load, host);
        CapacityPlan greater = CapacityPlan.of(load.with((long) connections + more), host);

        for (Limit limit : less.limits()) {
            Limit same = greater.limits().stream()
                    .filter(other ->
                            other.name().equals(limit.name()) && other.unit().equals(limit.unit()))
                    .findFirst()
                    .orElseThrow();
            assertThat(same.needed()).as(limit.name()).isGreaterThanOrEqualTo(limit.needed());
            assertThat(same.fits()).as(limit.name()).isEqualTo(limit.fits());
        }
        assertThat(greater.bytes()).isGreaterThanOrEqualTo(less.bytes());
    }

    @Property(tries = 100)
    void shouldKeepToHalfOfThePortsWhenAddressesAreLeftOpen(
            @ForAll @IntRange(min = 1, max = 3_000_000) int connections,
            @ForAll @IntRange(min = 0, max = 3) int edges,
            @ForAll @IntRange(min = 1, max = 3) int gateways,
            @ForAll boolean oneHost) {
        Load load = new Load(connections, chain(edges, edges, gateways, 0), oneHost, 0, Load.Traffic.DEFAULT);

        for (Link link : load.wired(PortRange.LINUX_DEFAULT, HOST.descriptors()).links(PortRange.LINUX_DEFAULT)) {
            assertThat(link.planned()).isBetween((long) connections, link.ceiling());
        }
    }

    @Property(tries = 100)
    void shouldFitItsOwnProfile(
            @ForAll @IntRange(min = 1, max = 1_000_000) int connections,
            @ForAll @IntRange(min = 1, max = 4) int edges) {
        CapacityPlan plan = CapacityPlan.of(Load.of(connections, chain(edges, 1, 60, 0)), HOST);

        HopPlan edge = plan.hops().get(1);
        assertThat(FittingProfile.of(plan)).hasEntrySatisfying("edge", settings -> {
            assertThat(settings.getOrDefault("worker_processes", 0L) * settings.getOrDefault("worker_connections", 0L))
                    .isGreaterThanOrEqualTo(2 * edge.connectionsEach());
            assertThat(settings.getOrDefault("worker_rlimit_nofile", 0L)).isBetween(1L, 20_000L);
        });
    }
}
