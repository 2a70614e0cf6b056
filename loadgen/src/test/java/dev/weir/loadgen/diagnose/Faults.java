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

    /** More than half of the tuples towards the next hop are taken: no error, only connects that take long. */
    static Chain portsAtTheKnee(Chain chain, String hop, double share) {
        return chain.set("host", "host", "source-ports", 28_232, 28_232)
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
}
