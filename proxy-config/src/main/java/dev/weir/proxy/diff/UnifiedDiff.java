package dev.weir.proxy.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * The differences between two texts in unified form, as {@code diff -u} writes them.
 *
 * <p><b>Bounds:</b> time and memory grow with the product of the line counts; meant for files of a few hundred lines.
 */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;

    /** One line of the script: {@code ' '} both, {@code '-'} left only, {@code '+'} right only. */
    private record Edit(char kind, String line) {}

    private UnifiedDiff() {}

    /**
     * The differences.
     *
     * @param leftName heading of the left text
     * @param left left text
     * @param rightName heading of the right text
     * @param right right text
     * @return empty when the texts are equal
     */
    public static String between(String leftName, String left, String rightName, String right) {
        var edits = script(left.lines().toList(), right.lines().toList());
        if (edits.stream().allMatch(edit -> edit.kind() == ' ')) {
            return "";
        }
        var text = new StringBuilder("--- " + leftName + "\n+++ " + rightName + "\n");
        for (var at = 0; at < edits.size(); ) {
            if (edits.get(at).kind() == ' ') {
                at++;
                continue;
            }
            var from = Math.max(0, at - CONTEXT);
            var to = hunkEnd(edits, at);
            appendHunk(text, edits, from, to);
            at = to;
        }
        return text.toString();
    }

    /** The end of a hunk that begins before a change: the first point with no further change within twice the context. */
    private static int hunkEnd(List<Edit> edits, int change) {
        var last = change;
        for (var at = change; at < edits.size() && at <= last + 2 * CONTEXT; at++) {
            last = edits.get(at).kind() == ' ' ? last : at;
        }
        return Math.min(edits.size(), last + CONTEXT + 1);
    }

    private static void appendHunk(StringBuilder text, List<Edit> edits, int from, int to) {
        var hunk = edits.subList(from, to);
        var before = edits.subList(0, from);
        text.append("@@ -").append(range(before, hunk, '+'));
        text.append(" +").append(range(before, hunk, '-')).append(" @@\n");
        hunk.forEach(edit -> text.append(edit.kind()).append(edit.line()).append('\n'));
    }

    private static String range(List<Edit> before, List<Edit> hunk, char otherSide) {
        var start = before.stream().filter(edit -> edit.kind() != otherSide).count() + 1;
        return start + ","
                + hunk.stream().filter(edit -> edit.kind() != otherSide).count();
    }

    /** A shortest edit script, by the longest common subsequence. */
    private static List<Edit> script(List<String> left, List<String> right) {
        var common = new int[left.size() + 1][right.size() + 1];
        for (var row = left.size() - 1; row >= 0; row--) {
            for (var column = right.size() - 1; column >= 0; column--) {
                common[row][column] = left.get(row).equals(right.get(column))
                        ? common[row + 1][column + 1] + 1
                        : Math.max(common[row + 1][column], common[row][column + 1]);
            }
        }
        var edits = new ArrayList<Edit>();
        var row = 0;
        var column = 0;
        while (row < left.size() || column < right.size()) {
            if (row < left.size() && column < right.size() && left.get(row).equals(right.get(column))) {
                edits.add(new Edit(' ', left.get(row++)));
                column++;
            } else if (row < left.size()
                    && (column == right.size() || common[row + 1][column] >= common[row][column + 1])) {
                edits.add(new Edit('-', left.get(row++)));
            } else {
                edits.add(new Edit('+', right.get(column++)));
            }
        }
        return edits;
    }
}
