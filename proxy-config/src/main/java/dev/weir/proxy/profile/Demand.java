package dev.weir.proxy.profile;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.error.ProxyConfigException;

/**
 * What one nginx must carry, and on what machine.
 *
 * @param connections WebSockets through this nginx, 1..100,000,000
 * @param limits what the machine lets it have
 */
public record Demand(int connections, HostLimits limits) {

    /** Checks the range. */
    public Demand {
        if (connections < 1 || connections > 100_000_000) {
            throw ProxyConfigException.usage("connections must be in 1..100000000: connections=" + connections);
        }
    }
}
