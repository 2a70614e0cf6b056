package dev.weir.proxy;

import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.haproxy.HaproxyBinary;
import org.junit.jupiter.api.Assumptions;

/** The HAProxy of this machine. Without one, tests are skipped here and fail in CI. */
final class RealHaproxy {

    private RealHaproxy() {}

    static HaproxyBinary binary() {
        try {
            return HaproxyBinary.find(
                    System.getenv().getOrDefault("HAPROXY_BIN", ""),
                    System.getenv().getOrDefault("PATH", ""));
        } catch (ProxyConfigException e) {
            if (System.getenv("CI") == null) {
                Assumptions.abort(e.getMessage());
            }
            throw e;
        }
    }
}
