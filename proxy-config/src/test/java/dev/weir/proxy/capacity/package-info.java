/** Properties of the arithmetic. */
@NullMarked
package dev.weir.proxy.capacity;

import org.jspecify.annotations.NullMarked;
