package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FlowTableTest {
    @Test
    void shouldLeaveThisHostsOwnFlowsTwiceTheirRoom() {
        assertThatCode(() -> FlowTable.check(720, 360)).doesNotThrowAnyException();
        assertThatThrownBy(() -> FlowTable.check(720, 361))
                .hasMessageContaining("max=720 flows=361")
                .hasMessageContaining("raise -c");
    }
}
