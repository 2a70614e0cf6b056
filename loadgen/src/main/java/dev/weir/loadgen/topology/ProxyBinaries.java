package dev.weir.loadgen.topology;

import dev.weir.proxy.haproxy.HaproxyBinary;
import dev.weir.proxy.nginx.NginxBinary;
import dev.weir.proxy.profile.ProxyKind;
import java.util.function.Supplier;

/**
 * The programs of this machine that can stand at a proxy hop, each looked for only when a chain has it.
 *
 * @param nginx finds nginx, or says how to get it
 * @param haproxy finds HAProxy, or says how to get it
 */
public record ProxyBinaries(Supplier<NginxBinary> nginx, Supplier<HaproxyBinary> haproxy) {
    ProxyProgram program(ProxyKind kind) {
        return switch (kind) {
            case NGINX -> new NginxProgram(nginx.get());
            case HAPROXY -> new HaproxyProgram(haproxy.get());
        };
    }
}
