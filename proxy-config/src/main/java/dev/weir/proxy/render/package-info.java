/**
 * Turns a template and a tuning into an nginx configuration, and reads back what stands in it.
 *
 * <p>The template is read from disk on every call. May import every pure package; nothing here keeps state between calls.
 */
@NullMarked
package dev.weir.proxy.render;

import org.jspecify.annotations.NullMarked;
