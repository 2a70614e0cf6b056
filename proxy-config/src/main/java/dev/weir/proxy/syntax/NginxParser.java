package dev.weir.proxy.syntax;

import dev.weir.proxy.error.ProxyConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses nginx configuration text into directives.
 *
 * <p>Words end at white space, {@code ;} or a brace; quotes and backslashes protect them; {@code #} at the start of a word begins
 * a comment; {@code ${name}} is part of a word. {@code include} is not followed.
 *
 * <p><b>Threading:</b> one parser per text; not shared. <b>Bounds:</b> blocks nest at most 32 deep.
 *
 * <p><b>Source:</b> {@code ngx_conf_read_token}.
 */
public final class NginxParser {

    private static final int DEPTH_MAX = 32;

    private final String text;
    private int at;
    private int line = 1;

    private NginxParser(String text) {
        this.text = text;
    }

    /**
     * Parses a whole file.
     *
     * @throws SyntaxProblem at an unbalanced brace, an unfinished directive or an open quote
     */
    public static List<Directive> parse(String text) {
        return new NginxParser(text).directives(0, 1);
    }

    /** Text that nginx cannot read, and where. */
    public static final class SyntaxProblem extends RuntimeException {
        private final int line;

        SyntaxProblem(String message, int line) {
            super(message);
            this.line = line;
        }

        /** Line in the rendered text, from 1. */
        public int line() {
            return line;
        }

        /** The same as a configuration error of a file. */
        public ProxyConfigException at(String where) {
            return ProxyConfigException.config(
                    "template must render to nginx syntax: problem=" + getMessage() + " (" + where + ")");
        }
    }

    private List<Directive> directives(int depth, int openedAt) {
        if (depth > DEPTH_MAX) {
            throw new SyntaxProblem("blocks nest deeper than " + DEPTH_MAX, line);
        }
        var found = new ArrayList<Directive>();
        while (true) {
            skipBlank();
            if (at == text.length()) {
                if (depth > 0) {
                    throw new SyntaxProblem("block is not closed by }", openedAt);
                }
                return List.copyOf(found);
            }
            if (text.charAt(at) == '}') {
                if (depth == 0) {
                    throw new SyntaxProblem("} closes nothing", line);
                }
                at++;
                return List.copyOf(found);
            }
            found.add(directive(depth));
        }
    }

    private Directive directive(int depth) {
        var begin = line;
        var words = new ArrayList<String>();
        while (true) {
            skipBlank();
            if (at == text.length()) {
                throw new SyntaxProblem("directive \"" + String.join(" ", words) + "\" is not ended by ;", begin);
            }
            var next = text.charAt(at);
            if (next == '}') {
                throw new SyntaxProblem("directive \"" + String.join(" ", words) + "\" is not ended by ;", begin);
            }
            if (next != ';' && next != '{') {
                words.add(word());
                continue;
            }
            at++;
            if (words.isEmpty()) {
                throw new SyntaxProblem("nothing stands before " + next, line);
            }
            var block = next == '{' ? Optional.of(directives(depth + 1, begin)) : Optional.<List<Directive>>empty();
            return new Directive(words.getFirst(), List.copyOf(words.subList(1, words.size())), begin, block);
        }
    }

    private void skipBlank() {
        while (at < text.length()) {
            var next = text.charAt(at);
            if (next == '#') {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
                line += next == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    private String word() {
        var quote = text.charAt(at);
        return quote == '"' || quote == '\'' ? quoted(quote) : bare();
    }

    private String quoted(char quote) {
        var begin = line;
        var word = new StringBuilder();
        for (at++; at < text.length(); at++) {
            var next = text.charAt(at);
            if (next == quote) {
                at++;
                return word.toString();
            }
            line += next == '\n' ? 1 : 0;
            if (next == '\\' && at + 1 < text.length()) {
                at++;
                word.append(text.charAt(at));
            } else {
                word.append(next);
            }
        }
        throw new SyntaxProblem("quote is not closed", begin);
    }

    private String bare() {
        var word = new StringBuilder();
        var variable = false;
        for (; at < text.length(); at++) {
            var next = text.charAt(at);
            var ends = next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == ';' || next == '{';
            if (next == '{' && !word.isEmpty() && word.charAt(word.length() - 1) == '$') {
                variable = true;
            } else if (next == '}' && variable) {
                variable = false;
            } else if (ends) {
                break;
            }
            if (next == '\\' && at + 1 < text.length()) {
                at++;
                word.append(text.charAt(at));
            } else {
                word.append(next);
            }
        }
        return word.toString();
    }
}
