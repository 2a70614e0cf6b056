/**
 * Two runs side by side: what cannot be compared, settings that differ, figures that moved beyond their spread, causes, verdicts.
 *
 * <p>Pure: imports {@code outcome} and {@code measure}. Files are read by whoever calls, and shown by {@code report}.
 */
@NullMarked
package dev.weir.loadgen.compare;

import org.jspecify.annotations.NullMarked;
