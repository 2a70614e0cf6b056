/**
 * The real HAProxy: finding it, and letting it test a configuration.
 *
 * <p>Starts processes and waits for them, within a time limit; blocks the calling thread.
 */
@NullMarked
package dev.weir.proxy.haproxy;

import org.jspecify.annotations.NullMarked;
