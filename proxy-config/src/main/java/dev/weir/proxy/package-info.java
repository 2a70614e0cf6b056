/**
 * The proxy layer: templates and profiles that users edit, rendered, checked and sized by code.
 *
 * <p>This root package alone wires the others together, by constructors.
 */
@NullMarked
package dev.weir.proxy;

import org.jspecify.annotations.NullMarked;
