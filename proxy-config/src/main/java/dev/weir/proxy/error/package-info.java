/**
 * What can go wrong with a proxy configuration, in one exception type, and the nearest known name for a mistyped one.
 *
 * <p>Pure: imports only {@code java.base}. Everything here is immutable.
 */
@NullMarked
package dev.weir.proxy.error;

import org.jspecify.annotations.NullMarked;
