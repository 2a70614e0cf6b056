package dev.weir.proxy.check;

import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.ProxyKind;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules look at in one hop.
 *
 * @param hop its name
 * @param kind the program that stands there
 * @param effective the value of every setting as it stands in the rendered text
 * @param upstreams distinct addresses and ports of the next hop
 * @param demand what it must carry, and on what machine
 */
public record HopFacts(String hop, ProxyKind kind, Map<String, String> effective, int upstreams, Demand demand) {

    /** Copies the values. */
    public HopFacts {
        effective = Map.copyOf(effective);
    }

    /** The value of a setting; empty when the text has none that can be read. */
    Optional<String> value(String setting) {
        return Optional.ofNullable(effective.get(setting));
    }

    boolean is(String setting, String value) {
        return value(setting).filter(value::equals).isPresent();
    }

    /** A whole number; empty when what stands there is none, as {@code auto} or a variable. */
    Optional<Long> count(String setting) {
        return value(setting).filter(text -> text.matches("\\d{1,12}")).map(Long::parseLong);
    }
}
