/**
 * The arithmetic of one hop: 4-tuples, slots, descriptors, workers, memory.
 *
 * <p>Pure functions; imports only {@code java.base}.
 */
@NullMarked
package dev.weir.proxy.capacity;

import org.jspecify.annotations.NullMarked;
