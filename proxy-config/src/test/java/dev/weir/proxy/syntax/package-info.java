/** The parser on its own. */
@NullMarked
package dev.weir.proxy.syntax;

import org.jspecify.annotations.NullMarked;
