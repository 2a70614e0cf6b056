/**
 * When things are due: arrival schedules as functions of an index.
 *
 * <p>Pure: imports {@code java.base} only; no clock and no timer. Whoever runs a schedule does late what it could not do in time, and keeps the
 * time at which it was due.
 */
@NullMarked
package dev.weir.loadgen.pace;

import org.jspecify.annotations.NullMarked;
