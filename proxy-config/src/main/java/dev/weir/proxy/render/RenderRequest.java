package dev.weir.proxy.render;

import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.ProxyKind;
import dev.weir.proxy.profile.Tuning;

/**
 * Everything that decides one rendered configuration.
 *
 * @param hop which template
 * @param tuning profile and overrides
 * @param wiring where it stands in the chain
 * @param demand what it must carry, and on what machine
 */
public record RenderRequest(Hop hop, Tuning tuning, Wiring wiring, Demand demand) {

    /** The program that stands at the hop. */
    public ProxyKind kind() {
        return tuning.overrides().kindOf(hop);
    }

    /** File name of the template. */
    public String template() {
        return hop.template(kind());
    }
}
