import java.util.Map;
import java.util.function.Predicate;

/**
 * What must hold for a figure of the gateway.
 *
 * @param text as a person reads it; empty when nothing is asked
 */
record Bar(String text, Predicate<Row> rule) {
    /** For figures that stand beside each other and are not judged. */
    static final Bar NONE = new Bar("", row -> true);

    boolean holds(Row row) {
        return rule.test(row);
    }

    static Bar atMost(double max, String form) {
        return new Bar("at most " + form.formatted(max), row -> row.value().median() <= max);
    }

    /** @param minByTransport the least share of the do-nothing server's figure; a transport that is not named is not judged */
    static Bar ratioAtLeast(Map<String, Double> minByTransport) {
        StringBuilder text = new StringBuilder();
        minByTransport.forEach((transport, min) ->
                text.append(text.isEmpty() ? "ratio " : ", ").append("at least %.2f with %s".formatted(min, transport)));
        return new Bar(text.toString(), row -> {
            double min = minByTransport.getOrDefault(row.who().transport(), 0.0);
            return row.share().orElseThrow().median() >= min;
        });
    }
}
