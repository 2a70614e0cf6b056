package dev.weir.proxy.render;

import dev.weir.proxy.error.ProxyConfigException;
import java.util.regex.Pattern;

/**
 * An address and a port, as nginx writes them.
 *
 * @param host IPv4 address, IPv6 address without brackets, or a host name
 * @param port 1..65535
 */
public record HostPort(String host, int port) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

    /** Checks both parts, so that nothing but an address can reach the rendered text. */
    public HostPort {
        if (!HOST.matcher(host).matches()) {
            throw ProxyConfigException.usage("host must be an IP address or a host name: host=" + host);
        }
        if (port < 1 || port > 65_535) {
            throw ProxyConfigException.usage("port must be in 1..65535: port=" + port + " (" + host + ")");
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
