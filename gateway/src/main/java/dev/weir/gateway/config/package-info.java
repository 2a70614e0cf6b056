/**
 * What an operator can set: validated records, and the one reader that fills them from file, environment and flags.
 *
 * <p>The records are pure; only {@code ConfigReader} touches files and the environment.
 */
@NullMarked
package dev.weir.gateway.config;

import org.jspecify.annotations.NullMarked;
