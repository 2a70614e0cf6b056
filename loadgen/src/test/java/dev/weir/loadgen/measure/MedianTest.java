package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void shouldBeTheOneInTheMiddleOrTheMeanOfTheTwo() {
        assertThat(Median.of(new double[] {9, 1, 4})).isEqualTo(4);
        assertThat(Median.of(new double[] {9, 1, 4, 5})).isEqualTo(4.5);
        assertThat(Median.of(new double[] {7})).isEqualTo(7);
    }

    @Test
    void shouldLeaveTheValuesInTheirOrder() {
        double[] values = {3, 1, 2};
        Median.of(values);
        assertThat(values).containsExactly(3, 1, 2);
    }
}
