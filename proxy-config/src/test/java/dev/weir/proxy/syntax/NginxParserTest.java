package dev.weir.proxy.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nginx takes for a word, a block and a comment. */
final class NginxParserTest {

    @Test
    void shouldKeepWordsBlocksAndLines() {
        var text = """
                worker_processes 2; # two
                http {
                    log_format x 'a;b' "c\\"d" e\\;f;
                    map $a ${b}c { default 1; }
                }
                """;
        var parsed = NginxParser.parse(text);
        assertThat(parsed).hasSize(2);
        assertThat(parsed.getFirst().value()).isEqualTo("2");
        var http = parsed.getLast();
        assertThat(http.line()).isEqualTo(2);
        assertThat(http.children().getFirst().arguments()).containsExactly("x", "a;b", "c\"d", "e;f");
        assertThat(http.children().getFirst().line()).isEqualTo(3);
        assertThat(http.children().getLast().arguments()).containsExactly("$a", "${b}c");
        assertThat(http.children().getLast().children().getFirst().name()).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http { | 1 | block is not closed by }",
                "} | 1 | } closes nothing",
                "a b | 1 | directive \"a b\" is not ended by ;",
                "http { a b } | 1 | directive \"a b\" is not ended by ;",
                "a 'b; | 1 | quote is not closed",
                "; | 1 | nothing stands before ;"
            })
    void shouldNameTheLineWhenTextIsBroken(String text, int line, String problem) {
        assertThatThrownBy(() -> NginxParser.parse(text.strip()))
                .isInstanceOf(NginxParser.SyntaxProblem.class)
                .hasMessage(problem)
                .extracting(e -> ((NginxParser.SyntaxProblem) e).line())
                .isEqualTo(line);
    }

    @Test
    void shouldRefuseWhenBlocksNestWithoutEnd() {
        assertThatThrownBy(() -> NginxParser.parse("a {".repeat(100_000))).hasMessage("blocks nest deeper than 32");
    }
}
