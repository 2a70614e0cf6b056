/**
 * Named rules over the values that stand in rendered configurations, each holding the two numbers it compared.
 *
 * <p>Pure: imports {@code profile}, {@code capacity} and {@code error}; sees no file and starts no process.
 */
@NullMarked
package dev.weir.proxy.check;

import org.jspecify.annotations.NullMarked;
