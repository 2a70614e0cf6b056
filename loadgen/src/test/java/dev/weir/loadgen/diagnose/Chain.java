package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chain agents → edge → ingress → gateway as the probes would show it, healthy unless told otherwise.
 *
 * <p>Figures are set by what a fault does to the kernel and the logs, not by what the rules look for: every probe reports all its keys.
 */
final class Chain {
    static final List<String> HOPS = List.of("edge", "ingress", "gateway");
    static final double CONNECTIONS = 5_000;

    private final Map<String, Evidence> evidence = new LinkedHashMap<>();
    private final List<Missing> missing = new ArrayList<>();
    private final List<Close> closed = new ArrayList<>();
    private final List<Failure> failed = new ArrayList<>();
    private Deliveries slow = Deliveries.NONE;
    private Deliveries normal = new Deliveries(20, 100_000, 100_000, 0, 0, 0);
    private GeneratorLoad generator = new GeneratorLoad(0.4, 3, 5, 0, 0);

    static Chain healthy() {
        Chain chain = new Chain();
        for (String key : List.of(
                "TcpExt.TCPToZeroWindowAdv",
                "TcpExt.TCPWinProbe",
                "TcpExt.TCPAbortOnMemory",
                "TcpExt.TCPMemoryPressures",
                "TcpExt.ListenOverflows",
                "TcpExt.TCPSynRetrans")) {
            chain.set("host", "netstat", key, 1_000, 1_000);
        }
        chain.set("host", "snmp", "Tcp.EstabResets", 70, 70);
        chain.set("host", "sockstat", "TCP.mem", 20, 900);
        chain.set("host", "sockstat", "TCP.orphan", 0, 0);
        chain.set("host", "sockstat", "TCP.tw", 10, 40);
        chain.set("host", "sockstat", "TCP.inuse", 20, 30_000);
        chain.set("host", "host", "cpu.share", 0, 0.6);
        chain.host();
        chain.sockets("agents", "up");
        for (String hop : HOPS) {
            chain.sockets(hop, "down");
            chain.process(hop);
            if (!hop.equals("gateway")) {
                chain.sockets(hop, "up");
                chain.proxy(hop);
            }
        }
        chain.set("gateway", "gateway", "node_num_clients", 0, CONNECTIONS);
        chain.set("gateway", "gateway", "client_num_server_disconnects{code=3008}", 0, 0);
        chain.set("gateway", "gateway", "client_queued_bytes", 0, 100_000);
        chain.set("gateway", "gateway", "client_num_server_disconnects{code=3012}", 0, 0);
        chain.set("gateway", "gateway", "heap.share", 0.1, 0.4);
        chain.set("gateway", "gateway", "heap.max", 4e9, 4e9);
        chain.set("gateway", "gateway", "gc.pause", 20, 90);
        chain.set("gateway", "gateway", "event_loop_delay_millis_max", 3, 30);
        chain.set("gateway", "gateway", "answer", 2, 30);
        chain.set("gateway", "server-log", "out-of-memory", 0, 0);
        chain.set("gateway", "server-log", "lines", 0, 9);
        return chain;
    }

    /** What the kernel says of the whole machine, and of the one network namespace that all hops share. */
    private void host() {
        for (String key : List.of(
                "TcpExt.ListenDrops",
                "TcpExt.TCPAbortOnTimeout",
                "TcpExt.TCPTimeouts",
                "TcpExt.TCPRcvQDrop",
                "TcpExt.PruneCalled",
                "TcpExt.TCPTimeWaitOverflow")) {
            set("host", "netstat", key, 100, 100);
        }
        set("host", "snmp", "Tcp.RetransSegs", 500, 520);
        set("host", "snmp", "Tcp.OutSegs", 1e6, 3e6);
        set("host", "conntrack", "count", 0, 40);
        set("host", "conntrack", "max", 262_144, 262_144);
        set("host", "conntrack", "share", 0, 0.0002);
        for (String key : List.of("drop", "early_drop", "insert_failed", "invalid")) {
            set("host", "conntrack", key, 0, 0);
        }
        for (String key : List.of(
                "oom-kill", "oom-victim", "conntrack-full", "tcp-out-of-memory", "too-many-orphans", "syn-flood")) {
            set("host", "kernel-log", key, 0, 0);
        }
        set("host", "host", "tcp_mem.pressure", 380_000, 380_000);
        set("host", "host", "tcp_mem.max", 570_000, 570_000);
        set("host", "host", "orphans.max", 131_072, 131_072);
        set("host", "host", "runnable", 2, 5);
        set("host", "host", "processors", 2, 2);
        set("host", "namespace", "source-ports", 64_000, 64_000);
        set("host", "connects", "syns-per-connect", 1, 1);
        set("host", "observer", "cpu.share", 0, 0.01);
    }

    private void sockets(String hop, String side) {
        set(hop, "ss", side + ".sockets", 0, CONNECTIONS);
        set(hop, "ss", side + ".persist", 0, 0);
        set(hop, "ss", side + ".stuck", 0, 0);
        set(hop, "ss", side + ".sendq", 0, 90_000);
        set(hop, "ss", side + ".recvq", 0, 90_000);
        set(hop, "ss", side + ".recvq.sockets", 0, 700);
        set(hop, "ss", side + ".unanswered", 0, 0);
        set(hop, "ss", side + ".fin-wait-1", 0, 0);
        set(hop, "ss", side + ".fin-wait-1.sendq", 0, 0);
    }

    private void process(String hop) {
        set(hop, "process", "alive", 1, 1);
        set(hop, "process", "pss", 20e6, 90e6);
        set(hop, "process", "descriptors", 12, 10_040);
        set(hop, "process", "descriptors.limit", 20_000, 20_000);
        set(hop, "process", "descriptors.share", 0, 0.502);
        set(hop, "process", "workers.exited", 0, 0);
        set(hop, "process", "wait-status", 0, 0);
        set(hop, "process", "rss", 30e6, 100e6);
        set(hop, "process", "cpu.share.max", 0, 0.97);
        set(hop, "process", "cpu.busy", 0, 2_000);
        set(hop, "cgroup", "limited", 0, 0);
        set(hop, "cgroup", "memory.usage", 30e6, 130e6);
        set(hop, "cgroup", "oom_kill", 0, 0);
    }

    private void proxy(String hop) {
        for (String key : List.of(
                "upstream-timed-out-upgraded",
                "client-timed-out-upgraded",
                "slots-exhausted",
                "files-exhausted",
                "address-unavailable",
                "connections-limited",
                "worker-killed",
                "worker-exited",
                "worker-graceful",
                "worker-signal")) {
            set(hop, "error-log", key, 0, 0);
        }
        set(hop, "process", "workers", 2, 2);
        set(hop, "process", "workers.serving", 2, 2);
        set(hop, "process", "workers.shutting-down", 0, 0);
        set(hop, "process", "workers.shutting-down.descriptors", 0, 0);
        set(hop, "process", "workers.descriptors.min", 12, 9_100);
        set(hop, "process", "workers.descriptors.max", 12, 10_900);
        set(hop, "process", "workers.descriptors.all", 24, 20_000);
        set(hop, "nginx-status", "answer", 2, 40);
        set(hop, "error-log", "lines", 0, 3);
        set(hop, "error-log", "info-lines", 0, 3);
        set(hop, "nginx-status", "active", 1, CONNECTIONS + 1);
        set(hop, "nginx-status", "dropped", 0, 0);
    }

    /** Sets a figure that ends at its peak. */
    Chain set(String hop, String probe, String key, double before, double peak) {
        return set(hop, probe, key, before, peak, peak);
    }

    Chain set(String hop, String probe, String key, double before, double peak, double after) {
        String name = hop + " " + probe + " " + key;
        Evidence old = evidence.get(name);
        String id = old == null ? "e" + (evidence.size() + 1) : old.id();
        evidence.put(name, new Evidence(id, hop, probe, key, "1", before, peak, after));
        return this;
    }

    /** Adds to a figure's peak and end. */
    Chain add(String hop, String probe, String key, double more) {
        Evidence old = evidence.get(hop + " " + probe + " " + key);
        if (old == null) {
            return set(hop, probe, key, 0, more);
        }
        return set(hop, probe, key, old.before(), old.peak() + more, old.after() + more);
    }

    /** Takes a probe away, as when it could not be read. */
    Chain without(String hop, String probe, String why) {
        evidence.values().removeIf(e -> e.hop().equals(hop) && e.probe().equals(probe));
        missing.add(new Missing(hop, probe, why));
        return this;
    }

    /** Connections cut after silences around {@code idleMillis}, over {@code spanMillis}. */
    Chain cut(String by, String cohort, long count, double idleMillis, double spreadMillis, long spanMillis) {
        Percentiles idle = new Percentiles(
                count,
                idleMillis - spreadMillis / 2,
                idleMillis,
                idleMillis + spreadMillis / 2,
                idleMillis + spreadMillis,
                idleMillis + spreadMillis,
                idleMillis + spreadMillis);
        closed.add(new Close(by, "fin", 1006, "", count, cohort, idle, idle, 3_000, 3_000 + spanMillis));
        return this;
    }

    Chain closedByCode(int code, String cohort, long count) {
        closed.add(new Close(
                "gateway", "close-frame", code, "slow", count, cohort, Percentiles.NONE, Percentiles.NONE, 10, 900));
        return this;
    }

    Chain failed(String stage, String errno, int status, long count) {
        failed.add(new Failure(stage, errno, status, count));
        return this;
    }

    Chain slowDeliveries(long expected, long delivered) {
        slow = new Deliveries(20, expected, delivered, 0, 0, 0);
        return this;
    }

    /** Messages that never came on connections that stayed open. */
    Chain lost(long count) {
        normal = new Deliveries(20, 100_000, 100_000 - count, count, 0, 0);
        return this;
    }

    Chain generator(GeneratorLoad load) {
        generator = load;
        return this;
    }

    Diagnosis diagnose() {
        Connections connections = new Connections(5_000, 5_000, 5_000, failed, closed);
        Phase ramp =
                phase("ramp", 0, 2_000, new Connections(5_000, 5_000, 5_000, List.of(), List.of()), Deliveries.NONE);
        Phase hold = phase("hold", 2_000, 20_000, connections, slow);
        return Diagnosis.of(List.of(ramp, hold), List.copyOf(evidence.values()), missing, hops());
    }

    /** The same without a load of ours: nobody says what clients lived through. */
    Diagnosis watched() {
        return Diagnosis.of(List.of(), List.copyOf(evidence.values()), missing, hops());
    }

    private static List<Hop> hops() {
        return HOPS.stream()
                .map(name -> new Hop(name, name.equals("gateway") ? "gateway" : "nginx", "1", List.of(1L), ""))
                .toList();
    }

    private Phase phase(String name, long start, long duration, Connections connections, Deliveries slowOnes) {
        return new Phase(
                name,
                start,
                duration,
                connections,
                normal,
                slowOnes,
                new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                generator);
    }
}
