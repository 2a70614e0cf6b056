package dev.weir.loadgen.measure;

import java.util.List;
import java.util.Optional;

/**
 * The straight line through points that has the least sum of squared distances, and how well its slope is known.
 *
 * <p><b>Source:</b> ordinary least squares of one variable: slope {@code Sxy / Sxx}, its standard error {@code √(SSE / (n - 2) / Sxx)}. The error is that
 * of independent deviations: where one sample carries over to the next, as memory does, it is larger than said.
 *
 * @param count points, at least 3
 * @param slope by which y changes for each unit of x
 * @param error standard error of the slope, 0 for points on a line
 * @param first y of the line at the smallest x
 * @param last y of the line at the largest x
 */
public record LeastSquares(int count, double slope, double error, double first, double last) {
    private static final int COUNT_MIN = 3;

    /**
     * Lays the line.
     *
     * @param x one a point
     * @param y one a point
     * @return empty for fewer than three points, or when all lie at one x
     */
    public static Optional<LeastSquares> through(List<Double> x, List<Double> y) {
        if (x.size() != y.size()) {
            throw new IllegalArgumentException("x and y must be as many: x=" + x.size() + " y=" + y.size());
        }
        int count = x.size();
        double meanX = mean(x);
        double meanY = mean(y);
        // About the means, since the squares of large values would swallow small differences.
        double squares = 0;
        double products = 0;
        for (int i = 0; i < count; i++) {
            squares += (x.get(i) - meanX) * (x.get(i) - meanX);
            products += (x.get(i) - meanX) * (y.get(i) - meanY);
        }
        if (count < COUNT_MIN || !(squares > 0)) {
            return Optional.empty();
        }
        double slope = products / squares;
        double off = 0;
        double min = x.getFirst();
        double max = x.getFirst();
        for (int i = 0; i < count; i++) {
            double distance = y.get(i) - meanY - slope * (x.get(i) - meanX);
            off += distance * distance;
            min = Math.min(min, x.get(i));
            max = Math.max(max, x.get(i));
        }
        return Optional.of(new LeastSquares(
                count,
                slope,
                Math.sqrt(off / (count - 2) / squares),
                meanY + slope * (min - meanX),
                meanY + slope * (max - meanX)));
    }

    /** How far y moved along the line from the first point to the last. */
    public double rise() {
        return last - first;
    }

    /** The slope in standard errors; infinite for a slope without any deviation, 0 for none at all. */
    public double t() {
        return slope == 0 ? 0 : slope / error;
    }

    /** Whether a slope of zero would show one like this in less than one of a thousand tries. */
    public boolean differsFromZero() {
        return Math.abs(t()) > StudentT.critical(count - 2);
    }

    private static double mean(List<Double> of) {
        return of.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
