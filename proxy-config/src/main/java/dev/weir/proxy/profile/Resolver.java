package dev.weir.proxy.profile;

import dev.weir.proxy.capacity.WorkerBudget;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.error.ProxyConfigException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Lays overrides over a profile over its base over nginx's defaults, and derives what nobody set. */
public final class Resolver {

    private final Hop hop;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Resolver(Hop hop) {
        this.hop = hop;
    }

    /**
     * The values that hold at one hop.
     *
     * @param chain the profile and those it builds on, the outermost base first
     * @param overrides values that go before all profiles
     * @param hop whose values are wanted
     * @param demand what this hop must carry
     * @throws ProxyConfigException of kind CONFIG when the values contradict each other
     */
    public static Resolved resolve(List<Profile> chain, Overrides overrides, Hop hop, Demand demand) {
        if (overrides.kindOf(hop) == ProxyKind.HAPROXY) {
            return HaproxyResolver.resolve(chain, overrides, hop, demand);
        }
        var resolver = new Resolver(hop);
        Settings.all().forEach(setting -> resolver.put(setting.name(), setting.fallback(), 0, "default"));
        for (var rank = 1; rank <= chain.size(); rank++) {
            var profile = chain.get(rank - 1);
            for (var entry : profile.valuesOf(hop).entrySet()) {
                var where = profile.name() + ".yaml:" + entry.getValue().line();
                resolver.put(entry.getKey(), entry.getValue().text(), rank, where);
            }
        }
        overrides.valuesOf(hop).forEach((name, text) -> resolver.put(name, text, chain.size() + 1, "--set"));
        resolver.coupleBuffers();
        resolver.sizeWorkers(demand);
        return new Resolved(hop, resolver.values, resolver.notes);
    }

    private void put(String name, String text, int rank, String where) {
        values.put(name, new Value(text, rank, where));
    }

    private Value value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private void coupleBuffers() {
        var size = value("proxy_buffer_size");
        var buffers = value("proxy_buffers");
        var busy = value("proxy_busy_buffers_size");
        var keepBuffers = !buffers.isDerived() && buffers.rank() >= size.rank();
        var keepBusy =
                !busy.isDerived() && busy.rank() >= size.rank() && (!keepBuffers || busy.rank() >= buffers.rank());
        var written = BufferSet.parse(buffers.text());
        var coupling = BufferCoupling.complete(
                bytes(size),
                written.orElse(BufferCoupling.BUFFERS_DEFAULT),
                keepBuffers ? written : Optional.empty(),
                keepBusy ? Optional.of(bytes(busy)) : Optional.empty());
        var problems = coupling.problems();
        if (!problems.isEmpty()) {
            var where = " (" + hop.label() + ": " + culprit(size, buffers, busy) + ")";
            throw new ProxyConfigException(
                    Kind.CONFIG,
                    problems.stream()
                            .map(problem -> hop.label() + "." + problem + where
                                    + "; leave proxy_busy_buffers_size and proxy_buffers unset and they follow")
                            .toList());
        }
        follow("proxy_buffers", keepBuffers, coupling.buffers().toString(), BufferCoupling.BUFFERS_DEFAULT.toString());
        follow("proxy_busy_buffers_size", keepBusy, Units.size(coupling.busyBytes()), "8k");
    }

    private void follow(String name, boolean kept, String text, String nginxDefault) {
        if (kept) {
            return;
        }
        var before = value(name);
        if (!text.equals(before.isDerived() ? nginxDefault : before.text())) {
            var instead = before.isDerived() ? "" : ", in place of " + before.text() + " (" + before.where() + ")";
            notes.add(name + " " + text + " follows proxy_buffer_size "
                    + value("proxy_buffer_size").text() + instead);
        }
        values.put(name, Value.derived(text));
    }

    private static String culprit(Value... involved) {
        var names = new ArrayList<String>();
        for (var value : involved) {
            if (value.rank() > 0 && !names.contains(value.where())) {
                names.add(value.where());
            }
        }
        return String.join(", ", names);
    }

    private void sizeWorkers(Demand demand) {
        var workers = value("worker_processes");
        var limits = demand.limits();
        var budget = workers.isDerived()
                ? WorkerBudget.of(demand.connections(), limits)
                : WorkerBudget.of(demand.connections(), limits, Integer.parseInt(workers.text()));
        var reason = demand.connections() + " WebSockets, 2 slots and 2 descriptors each, a quarter to spare, at most "
                + limits.descriptors() + " descriptors a worker";
        derive("worker_processes", budget.workers(), limits.cores() + " cores, " + reason);
        derive("worker_connections", budget.slots(), reason);
        var slots = Long.parseLong(value("worker_connections").text());
        var descriptors = Math.min(limits.descriptors(), slots + WorkerBudget.DESCRIPTORS_RESERVED);
        derive(
                "worker_rlimit_nofile",
                descriptors,
                "worker_connections and " + WorkerBudget.DESCRIPTORS_RESERVED + " beside, at most the "
                        + limits.descriptors() + " that this machine allows");
    }

    private void derive(String name, long number, String reason) {
        if (value(name).isDerived()) {
            values.put(name, Value.derived(Long.toString(number)));
            notes.add(name + " " + number + ": " + reason);
        }
    }

    private static long bytes(Value value) {
        return Units.bytes(value.text()).orElseThrow();
    }
}
