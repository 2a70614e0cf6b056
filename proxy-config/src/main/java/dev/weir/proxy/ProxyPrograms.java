package dev.weir.proxy;

import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.haproxy.HaproxyTest;
import dev.weir.proxy.nginx.NginxTest;
import dev.weir.proxy.render.RenderedConfig;
import java.util.function.Supplier;

/**
 * The real programs, each looked for only when a configuration of its kind is to be tested.
 *
 * @param nginx finds nginx
 * @param haproxy finds HAProxy
 */
public record ProxyPrograms(Supplier<NginxTest> nginx, Supplier<HaproxyTest> haproxy) {

    /** Lets the program that a configuration is for test it. */
    public ProgramVerdict test(RenderedConfig config) {
        return switch (config.request().kind()) {
            case NGINX -> nginx.get().test(config).verdict();
            case HAPROXY -> haproxy.get().test(config);
        };
    }
}
