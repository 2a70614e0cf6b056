/**
 * What agents count: distributions, sequences, and the {@link dev.weir.loadgen.measure.Tally} that adds them up.
 *
 * <p>Pure: imports {@code java.base}, HdrHistogram and {@code outcome} only. Time is a parameter. Values are immutable and may go between
 * threads; recorders belong to one event loop each.
 *
 * <p>There are two additions. {@code plus} joins what different agents saw in the same time: gauges add. {@code then} joins what one group
 * saw in consecutive times: gauges are those of the later. Both are associative and have the empty value as identity.
 */
@NullMarked
package dev.weir.loadgen.measure;

import org.jspecify.annotations.NullMarked;
