package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Series;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrendTableTest {
    private static Series series(String hop, String figure, double perSample) {
        List<Long> at = LongStream.rangeClosed(1, 100).mapToObj(i -> i * 36_000).toList();
        return new Series(
                hop,
                figure,
                "1",
                36_000,
                at,
                at.stream().map(millis -> 2_000 + perSample * millis / 36_000).toList());
    }

    private static String line(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow()
                .replaceAll(" +", " ");
    }

    @Test
    void shouldBeEmptyWhenNothingWasFollowed() {
        assertThat(TrendTable.lines(List.of())).isEmpty();
    }

    @Test
    void shouldShowSlopeErrorAndProjectionOfEachFigure() {
        List<String> lines = TrendTable.lines(List.of(
                series("agents", "descriptors", 10),
                series("edge", "descriptors", 10),
                series("gateway", "threads", 0),
                new Series("gateway", "heap after gc", "bytes", 0, List.of(), List.of())));

        // A sample every 36 s is 100 an hour; what was watched is 99 of them, and 24 hours are 2,400.
        assertThat(line(lines, "edge"))
                .startsWith("edge descriptors 100 2,010 3,000 +1,000 0")
                .endsWith(" > 9,999 +24,000 rises");
        assertThat(line(lines, "agents")).endsWith("(rises)");
        assertThat(line(lines, "gateway  threads")).isEqualTo("gateway threads 100 2,000 2,000 0 0 0.0 0 flat");
        assertThat(line(lines, "gateway  heap")).isEqualTo("gateway heap after gc 0 - - - - - - too few");
        assertThat(lines.getLast()).contains("more than 25 %");
    }
}
