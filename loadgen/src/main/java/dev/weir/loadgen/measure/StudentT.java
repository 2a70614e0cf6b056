package dev.weir.loadgen.measure;

/**
 * How large a t value must be before chance is ruled out: beyond it, on either side, lies one of a thousand.
 *
 * <p>One of a thousand and not one of twenty, since a run looks at some thirty figures at once.
 */
final class StudentT {
    /** <b>Source:</b> tables of Student's t, two-sided 0.001, for 1 to 30 degrees of freedom. */
    private static final double[] TABLE = {
        636.619, 31.599, 12.924, 8.610, 6.869, 5.959, 5.408, 5.041, 4.781, 4.587, 4.437, 4.318, 4.221, 4.140, 4.073,
        4.015, 3.965, 3.922, 3.883, 3.850, 3.819, 3.792, 3.768, 3.745, 3.725, 3.707, 3.690, 3.674, 3.659, 3.646
    };

    /** The normal distribution's. */
    private static final double Z = 3.2905;

    private StudentT() {}

    /**
     * The bound.
     *
     * @param degrees of freedom, at least 1
     */
    static double critical(int degrees) {
        if (degrees < 1) {
            throw new IllegalArgumentException("degrees must be >= 1: degrees=" + degrees);
        }
        return degrees <= TABLE.length ? TABLE[degrees - 1] : expanded(degrees);
    }

    /** <b>Source:</b> Cornish-Fisher expansion in 1/degrees, Abramowitz and Stegun 26.7.5, two terms. */
    static double expanded(int degrees) {
        double cube = Z * Z * Z;
        double first = (cube + Z) / (4.0 * degrees);
        double second = (5 * cube * Z * Z + 16 * cube + 3 * Z) / (96.0 * degrees * degrees);
        return Z + first + second;
    }
}
