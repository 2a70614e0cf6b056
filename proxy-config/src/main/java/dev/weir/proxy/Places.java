package dev.weir.proxy;

import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.render.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where the hops of a chain stand, each in a network of its own, as containers do: the addresses and ports at which the hop before reaches
 * them.
 *
 * <p>Written {@code HOP=HOST:PORT[-PORT][,HOST:PORT…]}, once for each of edge, ingress and gateway:
 *
 * <pre>{@code edge=edge:8080 ingress=172.30.80.3:8100-8103 gateway=gateway:8000-8003}</pre>
 *
 * @param edge where clients reach the edge, at least one
 * @param ingress where the edge reaches the ingress, at least one
 * @param gateway where the ingress reaches the gateways, at least one
 */
public record Places(List<HostPort> edge, List<HostPort> ingress, List<HostPort> gateway) {

    private static final List<String> HOPS = List.of("edge", "ingress", "gateway");
    private static final Pattern PLACE = Pattern.compile("([^:,\\s]+):(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final int PORTS_MAX = 256;

    /** Checks that no hop is missing. */
    public Places {
        edge = List.copyOf(edge);
        ingress = List.copyOf(ingress);
        gateway = List.copyOf(gateway);
        if (edge.isEmpty() || ingress.isEmpty() || gateway.isEmpty()) {
            throw ProxyConfigException.usage("places must be given for edge, ingress and gateway: edge=" + edge
                    + " ingress=" + ingress + " gateway=" + gateway);
        }
    }

    /**
     * Reads places as they are typed.
     *
     * @param texts one for each hop, in any order
     * @throws ProxyConfigException of kind USAGE when a hop is missing, named twice or unknown, or an address is not one
     */
    public static Places parse(List<String> texts) {
        Map<String, List<HostPort>> places = new LinkedHashMap<>();
        for (var text : texts) {
            var parts = text.split("=", 2);
            if (parts.length < 2 || !HOPS.contains(parts[0]) || places.put(parts[0], hosts(parts[1])) != null) {
                throw ProxyConfigException.usage(
                        "a place must be HOP=HOST:PORT[-PORT], once for each of edge, ingress and gateway: place="
                                + text);
            }
        }
        return new Places(at(places, "edge"), at(places, "ingress"), at(places, "gateway"));
    }

    private static List<HostPort> at(Map<String, List<HostPort>> places, String hop) {
        return places.getOrDefault(hop, List.of());
    }

    private static List<HostPort> hosts(String text) {
        var hosts = new ArrayList<HostPort>();
        for (var place : text.split(",", -1)) {
            var match = PLACE.matcher(place);
            if (!match.matches()) {
                throw ProxyConfigException.usage("a place must be HOST:PORT or HOST:PORT-PORT: place=" + place);
            }
            var first = Integer.parseInt(match.group(2));
            var last = match.group(3) == null ? first : Integer.parseInt(match.group(3));
            if (last < first || last - first >= PORTS_MAX) {
                throw ProxyConfigException.usage(
                        "ports of a place must be 1 to " + PORTS_MAX + " in rising order: place=" + place);
            }
            IntStream.rangeClosed(first, last).forEach(port -> hosts.add(new HostPort(match.group(1), port)));
        }
        return hosts;
    }
}
