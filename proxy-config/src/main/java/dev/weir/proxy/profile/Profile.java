package dev.weir.proxy.profile;

import java.util.Map;
import java.util.Optional;

/**
 * A named tuning: what somebody ran, or should.
 *
 * @param name name of the file and of the profile
 * @param description what it is and what to expect of it
 * @param source where its values come from
 * @param base profile whose values hold where this one has none; empty means nginx's defaults
 * @param values values by hop, as nginx calls them; a hop without any keeps the base's
 * @param haproxy values of settings that only HAProxy has, for every hop where it stands
 */
public record Profile(
        String name,
        String description,
        String source,
        Optional<String> base,
        Map<Hop, Map<String, Entry>> values,
        Map<String, Entry> haproxy) {

    /**
     * One value as it stands in a profile.
     *
     * @param text the value
     * @param line where in the file, from 1
     */
    public record Entry(String text, int line) {}

    /** Copies the values. */
    public Profile {
        values = Map.copyOf(values);
        haproxy = Map.copyOf(haproxy);
    }

    /** The values for one hop, possibly none. */
    public Map<String, Entry> valuesOf(Hop hop) {
        return values.getOrDefault(hop, Map.of());
    }
}
