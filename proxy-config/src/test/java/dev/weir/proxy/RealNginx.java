package dev.weir.proxy;

import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.nginx.NginxBinary;
import org.junit.jupiter.api.Assumptions;

/** The nginx under test: skips the caller when there is none, unless this is CI. */
final class RealNginx {

    private RealNginx() {}

    static NginxBinary binary() {
        try {
            return NginxBinary.find(
                    System.getenv().getOrDefault("NGINX_BIN", ""),
                    System.getenv().getOrDefault("PATH", ""));
        } catch (ProxyConfigException e) {
            Assumptions.assumeTrue(System.getenv("CI") != null, e.getMessage());
            throw e;
        }
    }
}
