import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The line of JSON that a run of the probe ends with. */
record Result(String line) {
    /** A figure by its name. */
    double number(String name) {
        return Double.parseDouble(find(name, "([0-9.]+)"));
    }

    /** A list of figures by its name. */
    List<Double> numbers(String name) {
        return Stream.of(find(name, "\\[([0-9.,]*)]").split(",")).filter(text -> !text.isEmpty()).map(Double::valueOf).toList();
    }

    /** Whether every subscriber came in and stayed, and every message arrived. */
    boolean isComplete() {
        return line.startsWith("{")
                && number("failed") == 0
                && number("lost") == 0
                && number("deliveries") == number("deliveries_expected");
    }

    private String find(String name, String form) {
        Matcher matcher = Pattern.compile("\"" + name + "\":" + form).matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException("the probe's result must hold " + name + ": " + line);
        }
        return matcher.group(1);
    }
}
