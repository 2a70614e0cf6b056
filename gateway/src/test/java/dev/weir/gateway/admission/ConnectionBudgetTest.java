package dev.weir.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.admission.ConnectionBudget.Granted;
import dev.weir.gateway.admission.ConnectionBudget.Refused;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ConnectionBudgetTest {
    @Test
    void shouldGrantWhatTheLimitLeavesWhenNothingIsWanted() {
        assertThat(ConnectionBudget.of(Optional.empty(), 20_000, 2, 1))
                .isEqualTo(new Granted(20_000 - 256 - 2 * (3 + 1), "descriptors=20000 reserve=264"));
    }

    @Test
    void shouldGrantTheWishWhenItFits() {
        assertThat(ConnectionBudget.of(Optional.of(19_736), 20_000, 2, 1))
                .isEqualTo(new Granted(19_736, "descriptors=20000 reserve=264"));
    }

    @Test
    void shouldRefuseWithTheArithmeticWhenTheWishIsOneTooMany() {
        assertThat(ConnectionBudget.of(Optional.of(19_737), 20_000, 2, 1))
                .isEqualTo(new Refused("max_connections must be <= descriptors - reserve = 19736: max_connections=19737"
                        + " descriptors=20000 reserve=264; raise 'ulimit -n' to 20001 or lower --max-connections"));
    }

    @Test
    void shouldRefuseWhenTheLimitDoesNotCoverTheReserve() {
        assertThat(ConnectionBudget.of(Optional.empty(), 256, 1, 1)).isInstanceOf(Refused.class);
    }

    @Test
    void shouldStayANumberWhenTheLimitIsUnlimited() {
        assertThat(ConnectionBudget.of(Optional.empty(), Long.MAX_VALUE, 2, 1))
                .isEqualTo(new Granted(10_000_000, "descriptors=unlimited reserve=264"));
    }

    @Test
    void shouldReadTheSoftLimit() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             unlimited            unlimited            processes
                Max open files            20000                1048576              files
                Max locked memory         8388608              8388608              bytes
                """;

        assertThat(DescriptorLimit.parse(limits)).isEqualTo(OptionalLong.of(20_000));
        assertThat(DescriptorLimit.parse(limits.replace("20000 ", "unlimited ")))
                .isEqualTo(OptionalLong.of(Long.MAX_VALUE));
        assertThat(DescriptorLimit.parse("")).isEmpty();
    }
}
