package dev.weir.proxy.profile;

import dev.weir.proxy.error.Nearest;
import dev.weir.proxy.error.ProxyConfigException;
import java.util.Arrays;
import java.util.List;

/** The proxy hops that Weir can render, outermost first, and the template of each. */
public enum Hop {
    /** The proxy that clients reach. */
    EDGE("edge", "edge-nginx.conf.peb"),
    /** The proxy between the edge and the gateway. */
    INGRESS("ingress", "ingress-nginx.conf.peb");

    private static final String EDGE_HAPROXY = "edge-haproxy.cfg.peb";

    private final String label;
    private final String template;

    Hop(String label, String template) {
        this.label = label;
        this.template = template;
    }

    /** Name in profiles, after {@code --set} and in reports. */
    public String label() {
        return label;
    }

    /** File name of its template for nginx. */
    public String template() {
        return template;
    }

    /** File name of its template for a program that {@link #kinds} has. */
    public String template(ProxyKind kind) {
        return kind == ProxyKind.HAPROXY ? EDGE_HAPROXY : template;
    }

    /** The programs that can stand here. */
    public List<ProxyKind> kinds() {
        return this == EDGE ? List.of(ProxyKind.values()) : List.of(ProxyKind.NGINX);
    }

    /** The names of all hops, outermost first. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Hop::label).toList();
    }

    /**
     * The hop of a name.
     *
     * @throws ProxyConfigException of kind USAGE when there is none
     */
    public static Hop named(String label) {
        return Arrays.stream(values())
                .filter(hop -> hop.label.equals(label))
                .findFirst()
                .orElseThrow(() -> ProxyConfigException.usage(
                        "hop must be a known proxy hop: hop=" + label + Nearest.remedy(label, labels())));
    }
}
