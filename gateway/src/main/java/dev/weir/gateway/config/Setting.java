package dev.weir.gateway.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One setting, under one name everywhere: {@code ping_interval} in a file is {@code WEIR_PING_INTERVAL} in the environment and
 * {@code --ping-interval} as a flag.
 *
 * <p><b>Threading:</b> immutable.
 *
 * @param key name in a file: lower case with underscores
 * @param rule what a value must be
 * @param fallback text of the default; empty when there is none
 * @param help one line of what it does
 * @param <T> the type of a value
 */
public record Setting<T>(String key, Rule<T> rule, Optional<String> fallback, String help) {

    /** The name as a command-line flag. */
    public String flag() {
        return "--" + key.replace('_', '-');
    }

    /** The name in the environment. */
    public String environmentName() {
        return ConfigReader.ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT);
    }

    /** Whether the flag stands alone, without a value. */
    public boolean isSwitch() {
        return rule instanceof Rule.Switch;
    }

    /** Whether its value is never printed. */
    public boolean isSecret() {
        return key.equals("api_key");
    }

    /** What a value must be, in words: {@code a size of 4k to 64m}. */
    public String range() {
        String says = rule.says();
        return says.startsWith("be ") ? says.substring(3) : says;
    }
}
