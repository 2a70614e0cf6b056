package dev.weir.proxy.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One line of a HAProxy configuration that says something.
 *
 * @param section {@code global}, {@code defaults}, {@code frontend}, {@code backend} or {@code listen}; of the line that begins it too
 * @param name what stands behind the section's keyword, empty when nothing does
 * @param words the line, split at blanks outside quotes, at least one
 * @param number of the line in the text, from 1
 */
public record HaproxyLine(String section, String name, List<String> words, int number) {
    private static final Set<String> SECTIONS =
            Set.of("global", "defaults", "frontend", "backend", "listen", "cache", "peers", "resolvers", "userlist");

    /** Copies the words. */
    public HaproxyLine {
        words = List.copyOf(words);
    }

    /** The lines of a text, without comments and empty ones. */
    public static List<HaproxyLine> parse(String text) {
        var lines = new ArrayList<HaproxyLine>();
        var section = "";
        var name = "";
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var words = split(line);
            if (words.isEmpty()) {
                continue;
            }
            if (SECTIONS.contains(words.getFirst())) {
                section = words.getFirst();
                name = words.size() > 1 ? words.get(1) : "";
            }
            lines.add(new HaproxyLine(section, name, words, number));
        }
        return List.copyOf(lines);
    }

    private static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var quote = ' ';
        var inWord = false;
        for (var at = 0; at < line.length(); at++) {
            var character = line.charAt(at);
            if (quote != ' ') {
                quote = character == quote ? ' ' : quote;
                if (quote != ' ') {
                    word.append(character);
                }
            } else if (character == '"' || character == '\'') {
                quote = character;
                inWord = true;
            } else if (character == '#') {
                break;
            } else if (Character.isWhitespace(character)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(character);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
