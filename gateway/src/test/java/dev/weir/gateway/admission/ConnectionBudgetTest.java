package dev.weir.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.admission.ConnectionBudget.Ask;
import dev.weir.gateway.admission.ConnectionBudget.Granted;
import dev.weir.gateway.admission.ConnectionBudget.Refused;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ConnectionBudgetTest {
    private static ConnectionBudget budget(Optional<Integer> wanted, long descriptors, int loops, int ports) {
        return ConnectionBudget.of(
                new Ask(wanted, descriptors, loops, 2, ports, () -> Optional.of("unshare(1024) failed with errno 1")));
    }

    private static ConnectionBudget splittable(int wanted, int loops) {
        return ConnectionBudget.of(new Ask(Optional.of(wanted), 20_000, loops, 2, 1, Optional::empty));
    }

    @Test
    void shouldGrantWhatTheLimitLeavesWhenNothingIsWanted() {
        assertThat(budget(Optional.empty(), 20_000, 0, 1))
                .isEqualTo(new Granted(20_000 - 256 - 2 * (3 + 1), 2, false, "descriptors=20000 reserve=264"));
    }

    @Test
    void shouldGrantTheWishWhenItFits() {
        assertThat(budget(Optional.of(19_736), 20_000, 2, 1))
                .isEqualTo(new Granted(19_736, 2, false, "descriptors=20000 reserve=264"));
    }

    @Test
    void shouldRefuseWithTheArithmeticWhenTheWishIsOneTooManyAndTablesAreNotToBeHad() {
        assertThat(budget(Optional.of(19_737), 20_000, 2, 1))
                .isEqualTo(new Refused("max_connections must be <= descriptors - reserve = 19736: max_connections=19737"
                        + " descriptors=20000 reserve=264; raise 'ulimit -n' to 20001 or lower --max-connections"
                        + " (a descriptor table for each loop is not to be had: unshare(1024) failed with errno 1)"));
    }

    @Test
    void shouldRefuseWhenTheLimitDoesNotCoverTheReserve() {
        assertThat(budget(Optional.empty(), 256, 1, 1)).isInstanceOf(Refused.class);
    }

    @Test
    void shouldStayANumberWhenTheLimitIsUnlimited() {
        assertThat(budget(Optional.empty(), Long.MAX_VALUE, 2, 1))
                .isEqualTo(new Granted(10_000_000, 2, false, "descriptors=unlimited reserve=264"));
    }

    @Test
    void shouldKeepOneTableWhenItIsEnough() {
        assertThat(splittable(15_000, 0)).isEqualTo(new Granted(15_000, 2, false, "descriptors=20000 reserve=264"));
    }

    @Test
    void shouldMakeAsManyLoopsAsTheMillionNeedsTables() {
        assertThat(splittable(1_000_000, 0))
                .isEqualTo(new Granted(
                        1_000_000, 54, true, "descriptors=20000 in each of 54 tables, reserve=419, filled to 96 %"));
    }

    @Test
    void shouldSayHowManyLoopsItTakesWhenThoseThatWereGivenAreTooFew() {
        assertThat(splittable(1_000_000, 8))
                .isEqualTo(new Refused("max_connections must be <= loops × connections a table = 151440:"
                        + " max_connections=1000000 descriptors=20000 loops=8; give --loops 54 or 0, or lower"
                        + " --max-connections or raise 'ulimit -n'"));
    }

    @Test
    void shouldRefuseWhatNoNumberOfLoopsCanHold() {
        ConnectionBudget budget = ConnectionBudget.of(new Ask(Optional.of(9_000_000), 1_024, 0, 2, 1, Optional::empty));

        assertThat(budget).isInstanceOf(Refused.class);
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
