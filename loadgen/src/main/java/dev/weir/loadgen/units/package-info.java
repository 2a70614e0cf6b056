/**
 * What people type: counts, sizes, times, rates, shares and ranges, and the errors when they mistype them.
 *
 * <p>Pure: imports {@code java.base} and, for thresholds, {@code measure} only. Units mean the same everywhere: a count's {@code k} is 1,000, a size's {@code k} is 1,024, and a time
 * needs a unit.
 */
@NullMarked
package dev.weir.loadgen.units;

import org.jspecify.annotations.NullMarked;
