package dev.weir.proxy.render;

import dev.weir.proxy.error.ProxyConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where one proxy stands in the chain.
 *
 * @param listen where it accepts, at least one
 * @param upstreams addresses and ports of the next hop, at least one; each brings its own range of source ports
 * @param status where stub_status answers
 * @param runDir folder of its pid file, logs and temporary files; absolute
 * @param tls what it accepts TLS with; empty for plain TCP
 */
public record Wiring(
        List<HostPort> listen, List<HostPort> upstreams, HostPort status, Path runDir, Optional<TlsFiles> tls) {

    /** Without TLS. */
    public Wiring(List<HostPort> listen, List<HostPort> upstreams, HostPort status, Path runDir) {
        this(listen, upstreams, status, runDir, Optional.empty());
    }

    /** Checks that the parts can be written into a configuration. */
    public Wiring {
        listen = List.copyOf(listen);
        upstreams = List.copyOf(upstreams);
        if (listen.isEmpty()) {
            throw ProxyConfigException.usage("listen must name an address: listen=[]");
        }
        if (upstreams.isEmpty()) {
            throw ProxyConfigException.usage("upstreams must name an address: upstreams=[]");
        }
        var text = runDir.toString();
        if (!runDir.isAbsolute() || !isQuotable(text)) {
            throw ProxyConfigException.usage(
                    "run directory must be absolute and without quotes, $, \\ or control characters: runDir=" + text);
        }
    }

    /** Whether a text can stand between quotes in a configuration. */
    static boolean isQuotable(String text) {
        return text.chars().noneMatch(Wiring::unquotable);
    }

    private static boolean unquotable(int character) {
        return character < ' ' || character == '"' || character == '\'' || character == '$' || character == '\\';
    }
}
