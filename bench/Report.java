import java.util.List;
import java.util.stream.Stream;

/** The result as a person reads it. */
final class Report {
    private Report() {}

    static String table(List<Figure> figures, Options options) {
        StringBuilder out = new StringBuilder();
        out.append("\n%,d connections, %d interleaved runs of each; median (min to max); bars are held against the gateway's medians\n\n"
                .formatted(options.connections(), options.runs()));
        for (Figure figure : figures) {
            out.append(verdict(figure)).append(figure.name()).append('\n');
            rows(out, figure);
        }
        List<Figure> judged = figures.stream().filter(Figure::isJudged).toList();
        long missed = judged.stream().filter(figure -> !figure.isMet()).count();
        if (judged.isEmpty()) {
            return out.toString();
        }
        return out.append(missed == 0 ? "\nevery bar is met\n" : "\n" + missed + " of " + judged.size() + " bars are not met\n")
                .toString();
    }

    private static String verdict(Figure figure) {
        return !figure.isJudged() ? "        " : figure.isMet() ? "met     " : "NOT MET ";
    }

    private static void rows(StringBuilder out, Figure figure) {
        int widest = figure.rows().stream().mapToInt(row -> row.who().name().length()).max().orElse(0);
        int widestValue = figure.rows().stream().mapToInt(row -> row.value().text(figure.form()).length()).max().orElse(0);
        String form = "          %-" + widest + "s  %-" + widestValue + "s  %s";
        for (Row row : figure.rows()) {
            String share = row.share().map(spread -> figure.shareOf() + " " + spread.text("%.3f")).orElse("");
            String beside = String.join("; ", Stream.of(share, row.note()).filter(text -> !text.isEmpty()).toList());
            out.append(form.formatted(row.who().name(), row.value().text(figure.form()), beside).stripTrailing()).append('\n');
        }
        if (figure.isJudged()) {
            out.append("          bar: ").append(figure.bar().text()).append('\n');
        }
    }
}
