package dev.weir.proxy.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is set alone, the rest follows so that nginx accepts all three. */
final class BufferCouplingTest {

    private static final int SIZE_MAX = 64 << 20;

    @Property
    void shouldBeAcceptedWhenOnlyTheBufferSizeIsSet(
            @ForAll @IntRange(min = 512, max = SIZE_MAX) int bytes,
            @ForAll @IntRange(min = 2, max = 64) int number,
            @ForAll @IntRange(min = 1_024, max = SIZE_MAX) int each) {
        var coupling = BufferCoupling.complete(bytes, new BufferSet(number, each), Optional.empty(), Optional.empty());
        assertThat(coupling.problems()).isEmpty();
        assertThat(coupling.buffers().bytes()).isGreaterThanOrEqualTo(bytes);
    }

    @Property
    void shouldBeAcceptedWhenTheBusySizeIsAtLeastTheBufferSize(
            @ForAll @IntRange(min = 512, max = 1 << 20) int bytes,
            @ForAll @IntRange(min = 0, max = 1 << 26) int more,
            @ForAll @IntRange(min = 2, max = 64) int number) {
        var coupling = BufferCoupling.complete(
                bytes, new BufferSet(number, 4_096), Optional.empty(), Optional.of((long) bytes + more));
        assertThat(coupling.problems()).isEmpty();
        assertThat(coupling.busyBytes()).isEqualTo((long) bytes + more);
    }

    @Property
    void shouldKeepBuffersThatAreGiven(
            @ForAll @IntRange(min = 512, max = SIZE_MAX) int bytes,
            @ForAll @IntRange(min = 2, max = 64) int number,
            @ForAll @IntRange(min = 1_024, max = SIZE_MAX) int each) {
        var given = new BufferSet(number, each);
        var coupling =
                BufferCoupling.complete(bytes, BufferCoupling.BUFFERS_DEFAULT, Optional.of(given), Optional.empty());
        assertThat(coupling.buffers()).isEqualTo(given);
        assertThat(coupling.problems().isEmpty()).isEqualTo((number - 1L) * each >= Math.max(bytes, each));
    }

    @Property
    void shouldReadBackWhatItWrites(@ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int bytes) {
        assertThat(Units.bytes(Units.size(bytes))).hasValue(bytes);
    }

    @Property
    void shouldReadBackTimesThatItWrites(@ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int millis) {
        assertThat(Units.millis(Units.time(millis))).hasValue(millis);
    }
}
