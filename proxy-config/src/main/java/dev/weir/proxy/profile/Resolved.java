package dev.weir.proxy.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every setting of one hop with the value that holds, nothing left to derive.
 *
 * @param hop whose values they are
 * @param values one per setting, in the order of the catalogue
 * @param notes what was derived and why, one line each
 */
public record Resolved(Hop hop, Map<String, Value> values, List<String> notes) {

    /** Copies, keeping the order. */
    public Resolved {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        notes = List.copyOf(notes);
    }

    /** The value of a setting of the catalogue. */
    public String text(String setting) {
        return Objects.requireNonNull(values.get(setting), setting).text();
    }
}
