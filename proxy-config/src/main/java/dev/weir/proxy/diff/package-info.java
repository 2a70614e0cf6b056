/**
 * Differences between two tunings: setting by setting, and line by line.
 *
 * <p>Pure functions.
 */
@NullMarked
package dev.weir.proxy.diff;

import org.jspecify.annotations.NullMarked;
