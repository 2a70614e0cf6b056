package dev.weir.gateway.config;

import java.util.Map;
import java.util.Optional;

/**
 * The three places that settings come from, in rising precedence: file, environment, flags.
 *
 * @param file the configuration file, when there is one
 * @param environment all of the process's environment; only {@code WEIR_*} is looked at
 * @param flags flags that were given, by setting key
 */
public record Sources(Optional<File> file, Map<String, String> environment, Map<String, String> flags) {

    /**
     * A configuration file that was read.
     *
     * @param name its name for messages
     * @param text its text
     */
    public record File(String name, String text) {}
}
