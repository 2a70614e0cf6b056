package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void shouldAlignNumbersRightAndWordsLeft() {
        TextTable table = new TextTable("hop", "sockets")
                .row("edge", "4,000")
                .row("ingress", "12")
                .note("a note");

        assertThat(table.lines()).containsExactly("hop      sockets", "edge       4,000", "ingress       12", "a note");
    }

    @Test
    void shouldRefuseARowOfAnotherWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextTable("one").row("a", "b"))
                .withMessage("cells must match the head: cells=2 head=1");
    }
}
