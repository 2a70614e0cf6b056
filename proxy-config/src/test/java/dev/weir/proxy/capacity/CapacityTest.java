package dev.weir.proxy.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of the arithmetic over the whole range of demands. */
final class CapacityTest {

    @Property
    void shouldHoldEveryConnectionWhenBudgeted(
            @ForAll @IntRange(min = 1, max = 5_000_000) int connections,
            @ForAll @IntRange(min = 2_048, max = 1_048_576) int descriptors,
            @ForAll @IntRange(min = 1, max = 128) int cores) {
        var limits = new HostLimits(descriptors, PortRange.LINUX_DEFAULT, cores);
        var budget = WorkerBudget.of(connections, limits);
        assertThat((long) budget.workers() * budget.slots()).isGreaterThanOrEqualTo(Capacity.slotsWanted(connections));
        assertThat(budget.descriptors()).isBetween(budget.slots(), descriptors);
        assertThat(budget.workers()).isGreaterThanOrEqualTo(Math.min(cores, 16));
    }

    @Property
    void shouldNeverNeedMoreDescriptorsThanAllowedWhenWorkersAreGiven(
            @ForAll @IntRange(min = 1, max = 5_000_000) int connections,
            @ForAll @IntRange(min = 64, max = 1_048_576) int descriptors,
            @ForAll @IntRange(min = 1, max = 1_024) int workers) {
        var limits = new HostLimits(descriptors, PortRange.LINUX_DEFAULT, 2);
        var budget = WorkerBudget.of(connections, limits, workers);
        assertThat(budget.workers()).isEqualTo(workers);
        assertThat(budget.slots()).isBetween(16, descriptors);
        assertThat(budget.descriptors()).isLessThanOrEqualTo(descriptors);
    }

    @Property
    void shouldBeTheFewestUpstreamsWhenAsked(
            @ForAll @IntRange(min = 1, max = 10_000_000) int connections,
            @ForAll @IntRange(min = 1, max = 30_000) int first,
            @ForAll @IntRange(min = 1, max = 35_000) int more,
            @ForAll @IntRange(min = 1, max = 100) int sources) {
        var ports = new PortRange(first, first + more);
        var needed = Capacity.upstreamsNeeded(connections, ports, sources);
        assertThat(Capacity.plannedTuples(ports, sources, (int) needed)).isGreaterThanOrEqualTo(connections);
        assertThat(Capacity.plannedTuples(ports, sources, (int) needed - 1)).isLessThan(connections);
    }

    @Example
    void shouldNeedSeventyOneUpstreamsWhenAMillionLeavesByTheDefaultRange() {
        // 28,232 ports, 14,116 of them before connecting slows down.
        assertThat(PortRange.LINUX_DEFAULT.count()).isEqualTo(28_232);
        assertThat(Capacity.upstreamsNeeded(1_000_000, PortRange.LINUX_DEFAULT, 1))
                .isEqualTo(71);
    }

    @Example
    void shouldTakeWhatWasMeasuredWhenSlotsArePreallocated() {
        // 200,000 slots were measured at 85.5 MB.
        assertThat(Capacity.preallocatedBytes(1, 200_000)).isEqualTo(86_400_000);
    }

    @Example
    void shouldTakeTwoWorkersWhenFifteenThousandMeetTwentyThousandDescriptors() {
        var budget = WorkerBudget.of(15_000, new HostLimits(20_000, PortRange.LINUX_DEFAULT, 1));
        assertThat(budget).isEqualTo(new WorkerBudget(2, 19_006, 19_518));
    }

    @Example
    void shouldTakeWhatWasMeasuredWhenBuffersWereFilled() {
        assertThat(Capacity.workerBytesPerConnection(4_096, 1_024)).isCloseTo(18_200, withinPercentage(5));
        assertThat(Capacity.workerBytesPerConnection(16_384, 1_024)).isCloseTo(40_500, withinPercentage(7));
        assertThat(Capacity.workerBytesPerConnection(65_536, 1_024)).isCloseTo(138_000, withinPercentage(5));
        assertThat(Capacity.workerBytesPerConnection(4_096, 2_048)).isCloseTo(19_230, withinPercentage(1));
        assertThat(Capacity.workerBytesPerConnection(4_096, 3_072)).isCloseTo(20_250, withinPercentage(1));
        assertThat(Capacity.kernelBytes(1_000_000)).isEqualTo(6_200_000_000L);
    }
}
