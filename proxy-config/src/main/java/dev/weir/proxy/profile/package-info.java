/**
 * What can be tuned: the catalogue of settings, profiles that give them values, and what follows from a value.
 *
 * <p>Pure but for the YAML parser: profiles come in as text, never as files. Imports {@code error} and {@code capacity}.
 * Everything here is immutable.
 */
@NullMarked
package dev.weir.proxy.profile;

import org.jspecify.annotations.NullMarked;
