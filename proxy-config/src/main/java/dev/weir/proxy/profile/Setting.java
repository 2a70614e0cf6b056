package dev.weir.proxy.profile;

import java.util.Optional;

/**
 * One thing that can be tuned at a hop.
 *
 * @param name key in profiles and after {@code --set edge.}; also the variable in templates
 * @param type kind of value and its range
 * @param fallback value when nobody sets it: nginx's own default, {@link #NONE} or {@link #DERIVED}
 * @param place where it stands in the rendered file
 * @param does one line of what it does to WebSockets
 * @param source where that is written or was measured
 */
public record Setting(String name, ValueType type, String fallback, Place place, String does, String source) {

    /** The value of an optional setting that is left out of the file. */
    public static final String NONE = "none";

    /** The value of a setting that is computed from others unless set. */
    public static final String DERIVED = "derived";

    /** Whether it can be left out of the file, by the value {@code none}. */
    public boolean optional() {
        return fallback.equals(NONE);
    }

    /** Whether it is computed from others unless set, or when set to {@code derived}. */
    public boolean derivable() {
        return fallback.equals(DERIVED);
    }

    /** The rule that a value breaks, in the form "must …"; empty when the value is legal. */
    public Optional<String> brokenRule(String value) {
        if ((optional() && value.equals(NONE)) || (derivable() && value.equals(DERIVED))) {
            return Optional.empty();
        }
        return type.brokenRule(value);
    }
}
