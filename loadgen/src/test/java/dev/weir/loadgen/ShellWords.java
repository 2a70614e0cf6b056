package dev.weir.loadgen;

import java.util.ArrayList;
import java.util.List;

/** Splits one simple command as a shell would: quotes, comments, and the end at a pipe, a redirection or the next command. */
final class ShellWords {
    private ShellWords() {}

    static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (ends(c, begun)) {
                break;
            } else if (c != ' ') {
                word.append(c);
                begun = true;
            } else if (begun) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    private static boolean ends(char c, boolean inWord) {
        return c == '|' || c == '>' || c == ';' || c == '&' || (c == '#' && !inWord);
    }
}
