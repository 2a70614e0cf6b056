package dev.weir.proxy.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Unified text as {@code diff -u} writes it. */
final class UnifiedDiffTest {

    private static final String TEXT =
            IntStream.rangeClosed(1, 18).mapToObj(line -> line + "\n").collect(Collectors.joining());

    @Test
    void shouldBeEmptyWhenTextsAreEqual() {
        assertThat(UnifiedDiff.between("a", TEXT, "b", TEXT)).isEmpty();
    }

    @Test
    void shouldMergeHunksWhenChangesAreNear() {
        var right = TEXT.replace("4\n5\n", "4\nfive\n").replace("10\n", "");
        assertThat(UnifiedDiff.between("a", TEXT, "b", right).lines())
                .containsExactly(
                        "--- a",
                        "+++ b",
                        "@@ -2,12 +2,11 @@",
                        " 2",
                        " 3",
                        " 4",
                        "-5",
                        "+five",
                        " 6",
                        " 7",
                        " 8",
                        " 9",
                        "-10",
                        " 11",
                        " 12",
                        " 13");
    }

    @Test
    void shouldSplitHunksWhenChangesAreFarApart() {
        var right = TEXT.replace("2\n3\n", "2\nthree\n3\n").replace("16\n", "sixteen\n");
        assertThat(UnifiedDiff.between("a", TEXT, "b", right).lines())
                .containsExactly(
                        "--- a",
                        "+++ b",
                        "@@ -1,5 +1,6 @@",
                        " 1",
                        " 2",
                        "+three",
                        " 3",
                        " 4",
                        " 5",
                        "@@ -13,6 +14,6 @@",
                        " 13",
                        " 14",
                        " 15",
                        "-16",
                        "+sixteen",
                        " 17",
                        " 18");
    }
}
