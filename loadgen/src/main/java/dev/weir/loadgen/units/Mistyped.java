package dev.weir.loadgen.units;

import dev.weir.loadgen.error.LabException;

/** Errors about something typed that cannot be meant. */
final class Mistyped {
    private Mistyped() {}

    /**
     * Says what is wrong.
     *
     * @param key what was set, e.g. {@code --rate}
     * @param rule what it must do, e.g. {@code be a rate such as 5k/s}
     * @param value what was typed
     */
    static LabException value(String key, String rule, String value) {
        return LabException.usage(key + " must " + rule + ": " + key.replaceAll("^-+", "") + "=" + value);
    }
}
