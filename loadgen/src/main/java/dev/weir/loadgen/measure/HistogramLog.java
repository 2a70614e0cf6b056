package dev.weir.loadgen.measure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Builds the text of an HdrHistogram interval log ({@code .hlog}), so that runs can be merged and compared without loss by any of its tools.
 *
 * <p><b>Threading:</b> one thread. <b>Bounds:</b> grows with what is added.
 */
public final class HistogramLog {
    /** Values are microseconds; the log's maxima are shown in milliseconds. */
    private static final double MICROS_PER_MILLI = 1_000;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final HistogramLogWriter writer = new HistogramLogWriter(text);

    /**
     * Starts a log.
     *
     * @param startEpochMillis the start of the run
     */
    public HistogramLog(long startEpochMillis) {
        writer.outputLogFormatVersion();
        writer.outputStartTime(startEpochMillis);
        writer.outputLegend();
    }

    /**
     * Adds one interval; an empty distribution is left out.
     *
     * @param tag what was measured, e.g. {@code deliverIntended}
     * @param startMillis since the start of the run
     * @param endMillis since the start of the run
     * @param micros the values, in microseconds
     */
    public void add(String tag, long startMillis, long endMillis, Distribution micros) {
        if (micros.isEmpty()) {
            return;
        }
        Histogram histogram = micros.toHistogram();
        histogram.setTag(tag);
        writer.outputIntervalHistogram(startMillis / 1_000.0, endMillis / 1_000.0, histogram, MICROS_PER_MILLI);
    }

    /**
     * Reads a log back.
     *
     * @param text of a whole log
     * @return the values in microseconds by tag, intervals of one tag added; how many were clamped is not in a log
     * @throws IllegalArgumentException when a line cannot be read, or there is no interval
     */
    public static Map<String, Distribution> read(String text) {
        Map<String, Distribution> byTag = new LinkedHashMap<>();
        try (HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            while (reader.hasNext()) {
                EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval instanceof Histogram histogram) {
                    histogram.setAutoResize(true);
                    byTag.merge(String.valueOf(histogram.getTag()), new Distribution(histogram, 0), Distribution::plus);
                }
            }
        } catch (RuntimeException e) {
            // Its own exceptions for a broken line are of many types, among them those of arrays and buffers.
            throw new IllegalArgumentException("a histogram log must be readable: " + e, e);
        }
        return byTag;
    }

    /** The log so far. */
    public String text() {
        return text.toString(StandardCharsets.UTF_8);
    }
}
