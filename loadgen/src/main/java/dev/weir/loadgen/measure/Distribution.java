package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.Percentiles;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of non-negative whole numbers, lossless to three significant digits. The unit is in the name of what holds it.
 *
 * <p><b>Threading:</b> immutable. <b>Bounds:</b> values to {@link DistributionRecorder#VALUE_MAX}; larger ones were clamped to it and counted.
 */
public final class Distribution {
    /** Of nothing. */
    public static final Distribution EMPTY = new Distribution(new Histogram(DistributionRecorder.DIGITS), 0);

    private final Histogram histogram;
    private final long clamped;

    /**
     * Takes over a histogram.
     *
     * @param histogram never written again by anyone
     * @param clamped how many of its values were larger than they are shown
     */
    Distribution(Histogram histogram, long clamped) {
        this.histogram = histogram;
        this.clamped = clamped;
    }

    /** Both together. */
    public Distribution plus(Distribution other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Histogram sum = histogram.copy();
        sum.add(other.histogram);
        return new Distribution(sum, clamped + other.clamped);
    }

    /** All together: the same as adding them one by one, with one histogram written instead of one for each. */
    public static Distribution sum(List<Distribution> parts) {
        List<Distribution> filled =
                parts.stream().filter(part -> !part.isEmpty()).toList();
        if (filled.size() < 2) {
            return filled.isEmpty() ? EMPTY : filled.getFirst();
        }
        Histogram sum = filled.getFirst().histogram.copy();
        long clamped = filled.getFirst().clamped;
        for (Distribution part : filled.subList(1, filled.size())) {
            sum.add(part.histogram);
            clamped += part.clamped;
        }
        return new Distribution(sum, clamped);
    }

    /** How many values. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** How many values were beyond the range. */
    public long clamped() {
        return clamped;
    }

    /** Whether it holds no value. */
    public boolean isEmpty() {
        return histogram.getTotalCount() == 0;
    }

    /** The value below or at which {@code percentile} (0 to 100) of all lie; 0 when empty. */
    public long at(double percentile) {
        return isEmpty() ? 0 : histogram.getValueAtPercentile(percentile);
    }

    /** The smallest value; 0 when empty. */
    public long min() {
        return isEmpty() ? 0 : histogram.getMinValue();
    }

    /** The largest value; 0 when empty. */
    public long max() {
        return isEmpty() ? 0 : histogram.getMaxValue();
    }

    /**
     * The figures of a record.
     *
     * @param divisor how many of this distribution's unit make one of the record's, e.g. 1,000 from microseconds to milliseconds
     */
    public Percentiles percentiles(double divisor) {
        return isEmpty()
                ? Percentiles.NONE
                : new Percentiles(
                        count(),
                        at(10) / divisor,
                        at(50) / divisor,
                        at(90) / divisor,
                        at(99) / divisor,
                        at(99.9) / divisor,
                        max() / divisor);
    }

    /** A copy that may be written, for HdrHistogram's own tools. */
    public Histogram toHistogram() {
        return histogram.copy();
    }

    /** The values in HdrHistogram's compressed form, Base64; the clamped count is not in it. */
    public String encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IllegalArgumentException when it is not that form
     */
    public static Distribution decoded(String encoded, long clamped) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(buffer, 0);
            histogram.setAutoResize(true);
            return new Distribution(histogram, clamped);
        } catch (DataFormatException | BufferUnderflowException e) {
            throw new IllegalArgumentException("histogram must be in HdrHistogram's compressed form", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Distribution that && clamped == that.clamped && histogram.equals(that.histogram);
    }

    @Override
    public int hashCode() {
        return Objects.hash(count(), clamped, min(), max());
    }

    @Override
    public String toString() {
        return "Distribution[count=" + count() + ", p50=" + at(50) + ", p99=" + at(99) + ", max=" + max() + "]";
    }
}
