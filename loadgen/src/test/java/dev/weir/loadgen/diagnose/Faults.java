package dev.weir.loadgen.diagnose;

/** What a fault does to the figures of a chain. */
final class Faults {
    private Faults() {}

    /** A hop's idle timer cuts silent connections; the agents see the edge close them in any case. */
    static Chain idleTimeout(Chain chain, String hop, int count, double seconds, double spreadMillis, int spanMillis) {
        for (String proxy : Chain.HOPS.subList(0, 2)) {
            chain.set(
                    proxy,
                    "nginx-status",
                    "active",
                    1,
                    Chain.CONNECTIONS + 1,
                    Math.max(1, Chain.CONNECTIONS + 1 - count));
        }
        return chain.cut("edge", "normal", count, seconds * 1_000, spreadMillis, spanMillis)
                .add(hop, "error-log", "upstream-timed-out-upgraded", count)
                .add(hop, "error-log", "lines", count)
                .add(hop, "error-log", "info-lines", count);
    }

    /** Agents stop reading while messages come: windows close hop by hop up to the gateway. */
    static Chain stalledReaders(Chain chain, int readers, double bytesPerHop) {
        chain.add("host", "netstat", "TcpExt.TCPToZeroWindowAdv", readers)
                .add("host", "netstat", "TcpExt.TCPWinProbe", 4.0 * readers)
                .add("host", "sockstat", "TCP.mem", 3 * readers * bytesPerHop / 4_096)
                .add("agents", "ss", "up.recvq", readers * 126_088.0)
                .add("agents", "ss", "up.recvq.sockets", readers)
                .slowDeliveries(readers * 400L, readers * 6L);
        for (String hop : Chain.HOPS) {
            chain.add(hop, "ss", "down.persist", readers)
                    .add(hop, "ss", "down.stuck", readers)
                    .add(hop, "ss", "down.sendq", readers * bytesPerHop);
            if (!hop.equals("gateway")) {
                chain.add(hop, "ss", "up.recvq", readers * 300_000.0).add(hop, "ss", "up.recvq.sockets", readers);
            }
        }
        return chain;
    }

    /** The hop's send timer gives up on readers that are stalled already. */
    static Chain sendTimeout(Chain chain, String hop, int count, boolean seen) {
        if (seen) {
            chain.cut("edge", "stalled", count, 3_100, 200, 400);
        }
        return chain.add(hop, "error-log", "client-timed-out-upgraded", count)
                .add(hop, "error-log", "info-lines", count)
                .add(hop, "ss", "down.fin-wait-1", count)
                .add(hop, "ss", "down.fin-wait-1.sendq", count * 3.8e6)
                .add("host", "sockstat", "TCP.orphan", count);
    }

    /** The gateway's policy closes readers that are stalled already; few of these can still read the close frame. */
    static Chain slowConsumerPolicy(Chain chain, int count, int seen) {
        if (seen > 0) {
            chain.closedByCode(3008, "stalled", seen);
        }
        return chain.add("gateway", "gateway", "client_num_server_disconnects{code=3008}", count)
                .add("gateway", "gateway", "client_queued_bytes", count * 65_536.0);
    }

    static Chain filesExhausted(Chain chain, String hop, int count) {
        chain.set(hop, "process", "descriptors", 12, 1_024).set(hop, "process", "descriptors.limit", 1_024, 1_024);
        return chain.set(hop, "process", "descriptors.share", 0.01, 1)
                .add(hop, "error-log", "files-exhausted", count)
                .failed("http-status", "", 500, count);
    }

    static Chain slotsExhausted(Chain chain, String hop, int count) {
        return chain.add(hop, "error-log", "slots-exhausted", count).failed("http-status", "", 500, count);
    }

    static Chain portsExhausted(Chain chain, String hop, int count) {
        return chain.add(hop, "error-log", "address-unavailable", count).failed("http-status", "", 502, count);
    }

    /** The agents have 100 ports for each of so many pairs of addresses, and all are taken. */
    static Chain agentsPortsExhausted(Chain chain, String stage, String errno, int pairs) {
        return chain.set("host", "namespace", "source-ports", 100, 100)
                .set("agents", "ss", "up.pairs", 0, pairs)
                .set("agents", "ss", "up.sockets", 0, 100.0 * pairs)
                .failed(stage, errno, 0, 900);
    }

    /** More than half of the tuples towards the next hop are taken: no error, only connects that take long. */
    static Chain portsAtTheKnee(Chain chain, String hop, double share) {
        return chain.set("host", "namespace", "source-ports", 28_232, 28_232)
                .set(hop, "ss", "up.pairs", 0, 2)
                .set(hop, "ss", "up.sockets", 0, 2 * 28_232 * share)
                .failed("timeout", "", 0, 900);
    }

    static Chain admissionLimit(Chain chain, int count) {
        return chain.set("gateway", "gateway", "client_refused_count{reason=connections}", 0, count)
                .failed("http-status", "", 503, count);
    }

    static Chain workerKilled(Chain chain, String hop, int count) {
        return chain.add(hop, "process", "workers.exited", 1)
                .add(hop, "error-log", "worker-killed", 1)
                .add(hop, "error-log", "worker-signal", 9)
                .cut("edge", "normal", count, 4_000, 7_000, 60);
    }

    /** A reload replaces a worker; what was idle on the old one is cut when its shutdown timeout ends. */
    static Chain reloaded(Chain chain, String hop, int count) {
        return chain.add(hop, "process", "workers.exited", 1)
                .add(hop, "error-log", "worker-graceful", 1)
                .add(hop, "error-log", "worker-exited", 1)
                .cut("edge", "normal", count, 4_000, 7_000, 60);
    }

    static Chain gatewayGone(Chain chain, int count) {
        return chain.set("gateway", "process", "alive", 1, 1, 0)
                .set("gateway", "process", "wait-status", 0, 9)
                .cut("edge", "normal", count, 4_000, 7_000, 60);
    }

    /** A worker fills its group with its own buffers and is killed; all of its connections are reset at once. */
    static Chain killedForMemory(Chain chain, String hop, double limit, int count, boolean cgroupReadable) {
        if (cgroupReadable) {
            chain.set(hop, "cgroup", "memory.limit", limit, limit).add(hop, "cgroup", "oom_kill", 1);
        }
        return workerKilled(chain, hop, count)
                .add("host", "kernel-log", "oom-kill", 1)
                .set(hop, "kernel-log", "oom-kill", 0, 1)
                .set(hop, "kernel-log", "oom-kill.resident", 0, limit * 0.97)
                .set(hop, "ss", "down.sockets", 0, Math.max(25, Math.min(count, limit / 150_000)))
                .set(hop, "process", "pss", 6e6, limit * 0.8);
    }

    static Chain bigBuffers(Chain chain, String hop, double bytesEach) {
        return chain.set(hop, "process", "pss", 6e6, 6e6 + Chain.CONNECTIONS * bytesEach);
    }

    static Chain manySlots(Chain chain, String hop, double slots) {
        double bytes = 2 * (4e6 + 432 * slots);
        return chain.set(hop, "process", "pss", bytes, bytes + 40e6);
    }

    static Chain tableFull(Chain chain, double max, int refused) {
        return chain.set("host", "conntrack", "count", 40, max)
                .set("host", "conntrack", "max", max, max)
                .set("host", "conntrack", "share", 0.01, 1)
                .add("host", "conntrack", "drop", 3.0 * refused)
                .add("host", "netstat", "TcpExt.TCPSynRetrans", 2.0 * refused)
                .add("host", "kernel-log", "conntrack-full", Math.min(10, refused))
                .failed("timeout", "", 0, refused);
    }

    static Chain natOutOfPorts(Chain chain, int refused) {
        return chain.add("host", "conntrack", "drop", 3.0 * refused)
                .add("host", "conntrack", "insert_failed", refused)
                .add("host", "netstat", "TcpExt.TCPSynRetrans", 2.0 * refused)
                .failed("timeout", "", 0, refused);
    }

    static Chain tcpMemoryGone(Chain chain, int aborted) {
        return chain.add("host", "netstat", "TcpExt.TCPMemoryPressures", 1)
                .add("host", "netstat", "TcpExt.TCPAbortOnMemory", aborted)
                .add("host", "kernel-log", "tcp-out-of-memory", Math.min(10, aborted))
                .set("host", "sockstat", "TCP.mem", 20, 600_000);
    }

    static Chain tooManyOrphans(Chain chain, int aborted) {
        return chain.add("host", "netstat", "TcpExt.TCPAbortOnMemory", aborted)
                .add("host", "kernel-log", "too-many-orphans", Math.min(10, aborted))
                .set("host", "sockstat", "TCP.orphan", 0, 131_000);
    }

    static Chain heapExhausted(Chain chain, int count) {
        return gatewayGone(chain, count)
                .set("gateway", "process", "wait-status", 0, 768)
                .set("gateway", "gateway", "heap.share", 0.2, 0.98)
                .add("gateway", "server-log", "out-of-memory", 1);
    }

    static Chain busy(Chain chain, String hop, double seconds) {
        chain.set(hop, "process", "cpu.busy", 0, seconds * 1_000).set("host", "host", "runnable", 2, 9);
        return hop.equals("gateway")
                ? chain.set(hop, "gateway", "event_loop_delay_millis_max", 3, 900)
                : chain.set(hop, "nginx-status", "answer", 2, 700);
    }

    static Chain skewed(Chain chain, String hop, int refused) {
        return chain.set(hop, "process", "workers.descriptors.max", 12, 19_000)
                .set(hop, "process", "workers.descriptors.min", 12, 1_000)
                .set(hop, "process", "descriptors.share", 0, 0.98)
                .add(hop, "error-log", "slots-exhausted", refused)
                .failed("http-status", "", 500, refused);
    }

    /** Peers vanish: what the gateway sends them stays unanswered, and their pongs do not come. */
    static Chain vanished(Chain chain, int count) {
        return chain.add("gateway", "ss", "down.unanswered", count)
                .add("host", "netstat", "TcpExt.TCPTimeouts", 4.0 * count)
                .add("gateway", "gateway", "client_num_server_disconnects{code=3012}", count);
    }

    /** The table of tracked flows forgets idle ones: the next message of the gateway is swallowed. */
    static Chain forgotten(Chain chain, int count) {
        return chain.set("host", "conntrack", "count", 40, Chain.CONNECTIONS, 60)
                .add("gateway", "ss", "down.unanswered", count)
                .add("host", "netstat", "TcpExt.TCPTimeouts", 4.0 * count)
                .lost(count);
    }

    static Chain lossy(Chain chain, double share) {
        return chain.add("host", "snmp", "Tcp.RetransSegs", 2e6 * share)
                .add("host", "netstat", "TcpExt.TCPTimeouts", 300)
                .lost(12);
    }

    static Chain stallsAtTeardown(Chain chain, double millis, int count) {
        return chain.set("gateway", "gateway", "teardown.closed", 0, count)
                .set("gateway", "gateway", "teardown.stall", 0, millis)
                .set("gateway", "gateway", "teardown.calm", 0, 25);
    }
}
