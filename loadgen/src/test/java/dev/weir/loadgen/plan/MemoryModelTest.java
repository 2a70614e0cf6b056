package dev.weir.loadgen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import org.junit.jupiter.api.Test;

/** The model against what {@code weir run hold} measured: proportional set sizes in megabytes, 24 GB, 2 cores. */
final class MemoryModelTest {
    private static final double MEGA = 1e6;
    private static final long HOST_BYTES = 24_105L << 20;

    @Test
    void shouldBeWithinATenthOfTheGatewayThatWasMeasured() {
        assertThat(MemoryModel.GATEWAY.bytes(5_000) / MEGA).isCloseTo(169.7, withinPercentage(10));
        assertThat(MemoryModel.GATEWAY.bytes(15_000) / MEGA).isCloseTo(182.4, withinPercentage(10));
        assertThat(MemoryModel.GATEWAY.bytes(100_000) / MEGA).isCloseTo(353.8, withinPercentage(10));
        // Event loops with their tables among it.
        assertThat(MemoryModel.GATEWAY.bytes(1_000_000) / MEGA).isCloseTo(1_708, withinPercentage(10));
    }

    @Test
    void shouldBeWithinATenthOfTheAgentsThatWereMeasured() {
        JvmMemory agent = MemoryModel.agent(HOST_BYTES);
        assertThat(agent.bytes(5_000) / MEGA).isCloseTo(211.0, withinPercentage(10));
        assertThat(agent.bytes(9_000) / MEGA).isCloseTo(220.5, withinPercentage(10));
        assertThat(agent.bytes(15_000) / MEGA).isCloseTo(233.1, withinPercentage(10));
        assertThat(MemoryModel.child(100_000).bytes(100_000) / MEGA).isCloseTo(294.1, withinPercentage(10));
        assertThat(MemoryModel.child(1_000_000).bytes(1_000_000) / MEGA).isCloseTo(2_324, withinPercentage(10));
    }

    @Test
    void shouldBeWithinAFiftiethOfTheProxiesThatWereMeasured() {
        HostLimits limits = new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2);
        Workers ingress = new Workers(0, 0, 4_096, 3_072);
        assertThat(nginx(Workers.TUNED, 5_000, limits)).isCloseTo(103.5 + 2.4, withinPercentage(2));
        assertThat(nginx(Workers.TUNED, 15_000, limits)).isCloseTo(306.5 + 2.4, withinPercentage(2));
        assertThat(nginx(ingress, 15_000, limits)).isCloseTo(321.9 + 2.4, withinPercentage(2));
    }

    private static double nginx(Workers workers, long connections, HostLimits limits) {
        return MemoryModel.nginxBytes(workers.budget(connections, limits), workers, connections) / MEGA;
    }

    @Test
    void shouldTakeAPageForASmallMessage() {
        assertThat(MemoryModel.unreadPages(128)).isEqualTo(1);
        assertThat(MemoryModel.unreadPages(4_096)).isEqualTo(2);
    }
}
