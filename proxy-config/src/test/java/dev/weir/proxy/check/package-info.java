/** Every rule, broken and kept. */
@NullMarked
package dev.weir.proxy.check;

import org.jspecify.annotations.NullMarked;
