import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** What several runs said of one figure. */
record Spread(double median, double min, double max) {
    static Spread of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("values must not be empty");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Each value as a share of the one in the same place. */
    static Spread ofRatios(List<Double> values, List<Double> by) {
        return of(IntStream.range(0, values.size()).mapToObj(i -> values.get(i) / by.get(i)).toList());
    }

    /** Median (min to max), in the given number form. */
    String text(String form) {
        return form.formatted(median) + " (" + form.formatted(min) + " to " + form.formatted(max) + ")";
    }
}
