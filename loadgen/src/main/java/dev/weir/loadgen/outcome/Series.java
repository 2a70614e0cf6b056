package dev.weir.loadgen.outcome;

import java.util.List;

/**
 * One figure of one hop, followed through a phase.
 *
 * @param hop name of the hop, {@code agents}, or {@code host} for what all hops share
 * @param figure what it is, e.g. {@code rss}
 * @param unit {@code 1} or {@code bytes}
 * @param fromMillis samples before this are warm-up, and nothing is concluded from them
 * @param atMillis when each sample was taken, since the start of the phase
 * @param values what it was then, as many as {@code atMillis}; a sample that could not be read is in neither
 */
public record Series(
        String hop, String figure, String unit, long fromMillis, List<Long> atMillis, List<Double> values) {
    public Series {
        atMillis = List.copyOf(atMillis);
        values = List.copyOf(values);
        if (atMillis.size() != values.size()) {
            throw new IllegalArgumentException(
                    "values must be as many as times: values=" + values.size() + " times=" + atMillis.size());
        }
    }
}
