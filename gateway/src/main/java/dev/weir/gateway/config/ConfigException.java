package dev.weir.gateway.config;

import java.util.List;

/** A configuration that was refused, with every reason at once. */
public final class ConfigException extends Exception {
    private final List<String> errors;

    /**
     * Keeps the reasons.
     *
     * @param errors one line each, of the form {@code <key> must <rule>: <key>=<value> (<where>)[; <remedy>]}; at least one
     */
    public ConfigException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** One line per reason. */
    public List<String> errors() {
        return errors;
    }
}
