package dev.weir.proxy.check;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.WorkerBudget;
import dev.weir.proxy.profile.BufferCoupling;
import dev.weir.proxy.profile.BufferSet;
import dev.weir.proxy.profile.ProxyKind;
import dev.weir.proxy.profile.Setting;
import dev.weir.proxy.profile.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every rule over a chain of rendered hops.
 *
 * <p>A value that cannot be read, because a hand edit put a variable or a word in its place, breaks no rule: the real nginx is
 * asked next.
 */
public final class Rules {

    private Rules() {}

    /**
     * The rules that a chain breaks.
     *
     * @param outerToInner the hops, the one that clients reach first
     * @param heartbeat time between pings on an idle connection; empty when there are none
     * @return findings in the order of the hops
     */
    public static List<Finding> evaluate(List<HopFacts> outerToInner, Optional<Duration> heartbeat) {
        var findings = new ArrayList<Finding>();
        for (var at = 0; at < outerToInner.size(); at++) {
            var hop = outerToInner.get(at);
            if (hop.kind() == ProxyKind.HAPROXY) {
                findings.addAll(HaproxyRules.evaluate(hop, heartbeat));
                continue;
            }
            readTimeout(hop, heartbeat).ifPresent(findings::add);
            if (at > 0) {
                ladder(outerToInner.get(at - 1), hop).ifPresent(findings::add);
            }
            findings.addAll(workers(hop));
            findings.addAll(fanOut(hop));
            busyBuffers(hop).ifPresent(findings::add);
            findings.addAll(habits(hop));
        }
        return List.copyOf(findings);
    }

    static Optional<Long> millis(HopFacts hop, String setting) {
        return hop.value(setting)
                .map(Units::millis)
                .filter(millis -> millis.isPresent())
                .map(millis -> millis.getAsLong());
    }

    private static Optional<Finding> readTimeout(HopFacts hop, Optional<Duration> heartbeat) {
        var timeout = millis(hop, "proxy_read_timeout");
        if (timeout.isEmpty()) {
            return Optional.empty();
        }
        if (heartbeat.isEmpty()) {
            return Optional.of(new Finding.ProxyReadTimeoutWithoutHeartbeat(hop.hop(), timeout.get()));
        }
        var between = heartbeat.get().toMillis();
        return timeout.get() > 2 * between
                ? Optional.empty()
                : Optional.of(new Finding.ProxyReadTimeoutBelowHeartbeat(hop.hop(), timeout.get(), between));
    }

    private static Optional<Finding> ladder(HopFacts outer, HopFacts inner) {
        var outerMillis = millis(outer, outer.kind() == ProxyKind.HAPROXY ? "timeout_tunnel" : "proxy_read_timeout");
        var innerMillis = millis(inner, "proxy_read_timeout");
        if (outerMillis.isEmpty() || innerMillis.isEmpty() || innerMillis.get() >= outerMillis.get()) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding.InnerTimeoutBelowOuter(inner.hop(), outer.hop(), innerMillis.get(), outerMillis.get()));
    }

    private static List<Finding> workers(HopFacts hop) {
        var findings = new ArrayList<Finding>();
        var limits = hop.demand().limits();
        var workers =
                hop.is("worker_processes", "auto") ? Optional.of((long) limits.cores()) : hop.count("worker_processes");
        var slots = hop.count("worker_connections");
        if (workers.isEmpty() || slots.isEmpty() || workers.get() < 1) {
            return findings;
        }
        var taken = Capacity.slots(hop.demand().connections());
        var wanted = Capacity.slotsWanted(hop.demand().connections());
        if (workers.get() * slots.get() < wanted) {
            findings.add(
                    new Finding.WorkerConnectionsBelowBudget(hop.hop(), workers.get() * slots.get(), taken, wanted));
        }
        var asked = hop.count("worker_rlimit_nofile");
        var descriptors = Math.min(asked.orElse((long) limits.descriptors()), limits.descriptors());
        if (descriptors < slots.get()) {
            var takenHere = taken / workers.get() + WorkerBudget.DESCRIPTORS_RESERVED / 8;
            findings.add(new Finding.DescriptorLimitBelowSlots(hop.hop(), descriptors, takenHere, slots.get()));
        }
        if (asked.isPresent() && asked.get() > limits.descriptors()) {
            findings.add(new Finding.DescriptorLimitAboveHost(hop.hop(), asked.get(), limits.descriptors()));
        }
        return findings;
    }

    private static List<Finding> fanOut(HopFacts hop) {
        var findings = new ArrayList<Finding>();
        var connections = hop.demand().connections();
        var ports = hop.demand().limits().ports();
        var sources = hop.value("proxy_bind")
                .filter(text -> !text.equals(Setting.NONE))
                .map(text -> text.split(",", -1).length)
                .orElse(1);
        var planned = Capacity.plannedTuples(ports, sources, hop.upstreams());
        if (planned < connections) {
            findings.add(new Finding.EphemeralPortsPerUpstreamBelowBudget(
                    hop.hop(),
                    Capacity.tuples(ports, sources, hop.upstreams()),
                    planned,
                    connections,
                    Capacity.upstreamsNeeded(connections, ports, sources)));
        }
        var each = hop.count("max_conns").orElse(0L);
        if (each > 0 && each * hop.upstreams() < connections) {
            findings.add(new Finding.MaxConnsBelowBudget(hop.hop(), each * hop.upstreams(), connections));
        }
        var zoned = !hop.is("zone", Setting.NONE);
        if (!zoned && !hop.is("balance", "round_robin")) {
            findings.add(new Finding.CountsWithoutZone(
                    hop.hop(), "balance", hop.value("balance").orElse("")));
        }
        if (!zoned && each > 0) {
            findings.add(new Finding.CountsWithoutZone(hop.hop(), "max_conns", Long.toString(each)));
        }
        return findings;
    }

    private static Optional<Finding> busyBuffers(HopFacts hop) {
        var size = hop.value("proxy_buffer_size").map(Units::bytes).filter(bytes -> bytes.isPresent());
        var busy = hop.value("proxy_busy_buffers_size").map(Units::bytes).filter(bytes -> bytes.isPresent());
        var buffers = hop.value("proxy_buffers").flatMap(BufferSet::parse);
        if (size.isEmpty() || busy.isEmpty() || buffers.isEmpty()) {
            return Optional.empty();
        }
        var coupling = new BufferCoupling(
                size.get().getAsLong(), buffers.get(), busy.get().getAsLong());
        if (coupling.problems().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Finding.BusyBuffersOutOfRange(
                hop.hop(),
                coupling.busyBytes(),
                Math.max(coupling.bufferBytes(), coupling.buffers().bytes()),
                coupling.buffers().totalBytes() - coupling.buffers().bytes()));
    }

    private static List<Finding> habits(HopFacts hop) {
        var findings = new ArrayList<Finding>();
        for (var setting : List.of("multi_accept", "accept_mutex")) {
            if (hop.is(setting, "on") && !hop.is("reuseport", "on")) {
                findings.add(new Finding.AcceptSkew(hop.hop(), setting));
            }
        }
        var level = hop.value("error_log_level").orElse("error");
        if (!level.equals("info") && !level.startsWith("debug")) {
            findings.add(new Finding.ErrorLogHidesTimeouts(hop.hop(), level));
        }
        return findings;
    }
}
