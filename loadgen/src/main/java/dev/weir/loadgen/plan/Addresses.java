package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;

/** Source ports between one station and the next. */
final class Addresses {
    private static final String REPORT = "field report B, step 4";

    private Addresses() {}

    static List<Constraint> of(Scene scene) {
        List<Constraint> constraints = new ArrayList<>();
        List<Link> links = links(scene, scene.load().connections());
        for (int i = 0; i < links.size(); i++) {
            int at = i;
            Link link = links.get(i);
            constraints.add(new Constraint(
                    Resource.SOURCE_PORTS,
                    link.from(),
                    Severity.BREAKS,
                    "tuples",
                    connections -> connections,
                    connections -> links(scene, connections).get(at).planned(),
                    new Constraint.Advice(
                            link.arithmetic() + ": half of them, " + Words.count(link.planned())
                                    + ", before connect() slows to some 150/s; none is free at "
                                    + Words.count(link.ceiling()),
                            fix(link),
                            REPORT)));
        }
        return constraints;
    }

    private static List<Link> links(Scene scene, long connections) {
        return scene.wired(connections).links(scene.host().network().ports());
    }

    private static String fix(Link link) {
        String wider = "sysctl -w net.ipv4.ip_local_port_range='1024 65535' at " + link.from();
        return link.from().equals("agents")
                ? "more source addresses (--source-ip), or " + wider
                : wider + ", more listening ports at " + link.to() + ", or proxy_bind over several addresses";
    }
}
