package dev.weir.proxy.check;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.HaproxyBudget;
import dev.weir.proxy.profile.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules for one HAProxy. A value that cannot be read breaks none: HAProxy itself is asked next. */
final class HaproxyRules {

    private HaproxyRules() {}

    static List<Finding> evaluate(HopFacts hop, Optional<Duration> heartbeat) {
        var findings = new ArrayList<Finding>();
        silence(hop, heartbeat).ifPresent(findings::add);
        findings.addAll(capacity(hop));
        fanOut(hop).ifPresent(findings::add);
        return findings;
    }

    /** Without a tunnel's own, the shorter of the two sides' time-outs closes a silent WebSocket. */
    private static Optional<Finding> silence(HopFacts hop, Optional<Duration> heartbeat) {
        var setting = "timeout_tunnel";
        var timeout = Rules.millis(hop, setting);
        for (var side : List.of("timeout_client", "timeout_server")) {
            var ofSide = Rules.millis(hop, side);
            if (Rules.millis(hop, "timeout_tunnel").isEmpty()
                    && ofSide.isPresent()
                    && (timeout.isEmpty() || ofSide.get() < timeout.get())) {
                setting = side;
                timeout = ofSide;
            }
        }
        var between = heartbeat.map(Duration::toMillis);
        if (timeout.isEmpty() || (between.isPresent() && timeout.get() > 2 * between.get())) {
            return Optional.empty();
        }
        return Optional.of(new Finding.TunnelTimeoutBelowHeartbeat(hop.hop(), setting, timeout.get(), between));
    }

    private static List<Finding> capacity(HopFacts hop) {
        var findings = new ArrayList<Finding>();
        var connections = hop.demand().connections();
        var maxconn = hop.count("maxconn");
        var descriptors = hop.demand().limits().descriptors();
        var needed = (long) connections * HaproxyBudget.DESCRIPTORS_PER_CONNECTION + HaproxyBudget.DESCRIPTORS_RESERVED;
        if (needed > descriptors) {
            findings.add(new Finding.DescriptorLimitBelowMaxconn(
                    hop.hop(), descriptors, needed, HaproxyBudget.maxconnMax(descriptors)));
        } else if (maxconn.isPresent() && maxconn.get() < connections) {
            findings.add(new Finding.MaxconnBelowBudget(hop.hop(), maxconn.get(), connections));
        }
        var each = hop.count("server_maxconn").orElse(0L);
        if (each > 0 && each * hop.upstreams() < connections) {
            findings.add(new Finding.MaxConnsBelowBudget(hop.hop(), each * hop.upstreams(), connections));
        }
        return findings;
    }

    private static Optional<Finding> fanOut(HopFacts hop) {
        var connections = hop.demand().connections();
        var ports = hop.demand().limits().ports();
        var sources = hop.value("source")
                .filter(text -> !text.equals(Setting.NONE))
                .map(text -> text.split(",", -1).length)
                .orElse(1);
        var planned = Capacity.plannedTuples(ports, sources, hop.upstreams());
        return planned >= connections
                ? Optional.empty()
                : Optional.of(new Finding.EphemeralPortsPerUpstreamBelowBudget(
                        hop.hop(),
                        Capacity.tuples(ports, sources, hop.upstreams()),
                        planned,
                        connections,
                        Capacity.upstreamsNeeded(connections, ports, sources)));
    }
}
