import java.util.List;

/** The result as a person reads it. */
final class Report {
    private Report() {}

    static String table(List<Figure> figures, Options options) {
        StringBuilder out = new StringBuilder();
        out.append("\n%,d connections, %d interleaved runs of each; median (min to max); the bar is held against the median\n\n"
                .formatted(options.connections(), options.runs()));
        for (Figure figure : figures) {
            out.append(figure.isMet() ? "met     " : "NOT MET ").append(figure.name()).append('\n');
            line(out, "gateway", figure.gateway().text(figure.form()));
            line(out, "do-nothing server", figure.floor().text(figure.form()));
            line(out, "ratio", figure.ratio().text("%.3f"));
            line(out, "bar", figure.bar());
        }
        long missed = figures.stream().filter(figure -> !figure.isMet()).count();
        return out.append(missed == 0 ? "\nevery bar is met\n" : "\n" + missed + " of " + figures.size() + " bars are not met\n")
                .toString();
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append("          %-18s %s%n".formatted(name, text));
    }
}
