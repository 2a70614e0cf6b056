package dev.weir.loadgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Rows in aligned columns, as plain text. A column whose cells all look like numbers is aligned right.
 *
 * <p><b>Example:</b> {@code new TextTable("hop", "connections").row("edge", "2,000").lines()}.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    TextTable(String... head) {
        rows.add(List.of(head));
    }

    TextTable row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("cells must match the head: cells=" + cells.length + " head="
                    + rows.getFirst().size());
        }
        rows.add(List.of(cells));
        return this;
    }

    /** A number without decimals, its thousands apart. */
    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /** A line below the rows. */
    TextTable note(String line) {
        notes.add(line);
        return this;
    }

    /** The head first, notes last; no trailing spaces. */
    List<String> lines() {
        int columns = rows.getFirst().size();
        List<StringBuilder> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(new StringBuilder()));
        for (int column = 0; column < columns; column++) {
            appendColumn(lines, column);
        }
        return Stream.concat(lines.stream().map(line -> line.toString().stripTrailing()), notes.stream())
                .toList();
    }

    private void appendColumn(List<StringBuilder> lines, int column) {
        int width =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        boolean right = rows.stream()
                .skip(1)
                .map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || cell.equals("-") || Character.isDigit(cell.charAt(0)));
        for (int i = 0; i < lines.size(); i++) {
            String cell = rows.get(i).get(column);
            String padding = " ".repeat(width - cell.length());
            lines.get(i).append(column == 0 ? "" : GAP).append(right ? padding + cell : cell + padding);
        }
    }
}
