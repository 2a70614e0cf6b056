/** Unified text. */
@NullMarked
package dev.weir.proxy.diff;

import org.jspecify.annotations.NullMarked;
