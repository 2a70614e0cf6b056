/**
 * How much this process may take on: pure arithmetic over limits that others read.
 *
 * <p>Pure: no files, no clock.
 */
@NullMarked
package dev.weir.gateway.admission;

import org.jspecify.annotations.NullMarked;
