package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Hold;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import org.junit.jupiter.api.Test;

class GatewayBudgetTest {
    private static final Scenario HOLD = new Hold();

    @Test
    void shouldRefuseWithTheArithmeticWhenTheLimitIsBelowTheReserve() {
        HostLimits limits = new HostLimits(512, new PortRange(32_768, 60_999), 2);

        assertThatThrownBy(() -> GatewayBudget.check(HOLD.plan(HOLD.variants().getFirst(), Wish.DEFAULT), limits))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("open files must be > 512 reserved")
                .hasMessageContaining("limit=512");
    }
}
