/**
 * The syntax of nginx configuration files: enough of a parser to read back what a rendered file says.
 *
 * <p>Pure: imports {@code error} only. It knows no directive; it knows words, blocks, quotes and comments.
 */
@NullMarked
package dev.weir.proxy.syntax;

import org.jspecify.annotations.NullMarked;
