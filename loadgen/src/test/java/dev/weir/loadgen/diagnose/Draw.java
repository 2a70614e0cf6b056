package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.GeneratorLoad;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A chain drawn by seed: a fault, where it acts, how large it is, and what could not be read.
 *
 * @param seed what it was drawn from
 * @param fault its name, e.g. {@code source-ports}
 * @param hop where it acts
 * @param detail what else was drawn, for the reader
 * @param expected the cause that must come out on top, {@code resource@hop}; empty when nothing certain or likely may
 * @param chain the chain
 */
record Draw(long seed, String fault, String hop, String detail, String expected, Chain chain) {
    /** One kind of fault. */
    private record Kind(String name, List<String> hops, BiFunction<Chain, Where, String> break_) {}

    /** Where and how much. */
    private record Where(String hop, int count, Random random) {}

    private static final List<String> PROXIES = List.of("edge", "ingress");
    private static final List<String> GATEWAY = List.of("gateway");
    private static final List<String> HOST = List.of("host");

    private static final List<Kind> KINDS = List.of(
            kind("none", HOST, (chain, w) -> ""),
            kind("saturated-generator", HOST, (chain, w) -> {
                chain.generator(new GeneratorLoad(0.92 + w.random().nextDouble() / 13, 150 + w.count(), 300, 0, 0));
                chain.set("host", "host", "cpu.share", 0, 0.99);
                return "generator@agents";
            }),
            kind("idle-timeout", PROXIES, (chain, w) -> {
                Faults.idleTimeout(chain, w.hop(), w.count(), 1 + w.random().nextInt(300), 90, 2_500);
                return at(w);
            }),
            kind("send-timeout", PROXIES, (chain, w) -> {
                Faults.sendTimeout(Faults.stalledReaders(chain, w.count(), 2e6), w.hop(), w.count(), true);
                return "slow-readers@agents";
            }),
            kind("slow-consumer-policy", GATEWAY, (chain, w) -> {
                Faults.slowConsumerPolicy(Faults.stalledReaders(chain, w.count(), 4e4), w.count(), w.count());
                return "slow-readers@agents";
            }),
            kind("file-descriptors", PROXIES, (chain, w) -> {
                Faults.filesExhausted(chain, w.hop(), w.count());
                return at(w);
            }),
            kind("worker-slots", PROXIES, (chain, w) -> {
                Faults.slotsExhausted(chain, w.hop(), w.count());
                return at(w);
            }),
            kind("source-ports", PROXIES, (chain, w) -> {
                Faults.portsExhausted(chain, w.hop(), w.count());
                return at(w);
            }),
            kind("admission-limit", GATEWAY, (chain, w) -> {
                Faults.admissionLimit(chain, w.count());
                return at(w);
            }),
            kind("process-exit", PROXIES, (chain, w) -> {
                Faults.workerKilled(chain, w.hop(), w.count());
                return at(w);
            }),
            kind("reload", PROXIES, (chain, w) -> {
                Faults.reloaded(chain, w.hop(), w.count());
                return at(w);
            }),
            kind("memory-limit", PROXIES, (chain, w) -> {
                Faults.killedForMemory(
                        chain,
                        w.hop(),
                        40e6 + w.random().nextInt(400) * 1e6,
                        w.count(),
                        w.random().nextBoolean());
                return at(w);
            }),
            kind("proxy-buffers", PROXIES, (chain, w) -> {
                Faults.bigBuffers(chain, w.hop(), 70_000 + w.random().nextInt(4_000_000));
                return at(w);
            }),
            kind("worker-preallocation", PROXIES, (chain, w) -> {
                Faults.manySlots(chain, w.hop(), 100_000 + w.random().nextInt(900_000));
                return at(w);
            }),
            kind("conntrack-table", HOST, (chain, w) -> {
                Faults.tableFull(chain, 2_000 + w.random().nextInt(60_000), w.count());
                return at(w);
            }),
            kind("connection-tracking", HOST, (chain, w) -> {
                Faults.natOutOfPorts(chain, w.count());
                return at(w);
            }),
            kind("tcp-memory", HOST, (chain, w) -> {
                Faults.tcpMemoryGone(Faults.stalledReaders(chain, 400, 3e6), w.count());
                return at(w);
            }),
            kind("orphans", HOST, (chain, w) -> {
                Faults.tooManyOrphans(Faults.heapExhausted(chain, w.count()), w.count());
                return at(w);
            }),
            kind("process-heap", GATEWAY, (chain, w) -> {
                Faults.heapExhausted(chain, w.count());
                return at(w);
            }),
            kind("processor", List.of("edge", "ingress", "gateway"), (chain, w) -> {
                Faults.busy(chain, w.hop(), 5 + w.random().nextInt(40));
                return at(w);
            }),
            kind("worker-skew", PROXIES, (chain, w) -> {
                Faults.skewed(chain, w.hop(), w.count());
                return at(w);
            }),
            kind("half-open", GATEWAY, (chain, w) -> {
                Faults.vanished(chain, w.count());
                return at(w);
            }),
            kind("network-path", HOST, (chain, w) -> {
                if (w.random().nextBoolean()) {
                    Faults.forgotten(chain, w.count());
                } else {
                    Faults.lossy(chain, 0.02 + w.random().nextDouble() / 4);
                }
                return at(w);
            }),
            kind("teardown-burst", GATEWAY, (chain, w) -> {
                Faults.stallsAtTeardown(chain, 300 + w.random().nextInt(9_000), w.count());
                return at(w);
            }));

    private static String at(Where where) {
        return "@" + where.hop();
    }

    private static Kind kind(String name, List<String> hops, BiFunction<Chain, Where, String> break_) {
        return new Kind(name, hops, break_);
    }

    /** Draws a chain; the first draws go round all faults once, so that none is left out. */
    static Draw of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Kind kind = KINDS.get(Math.floorMod(seed, KINDS.size()));
        Chain chain = Chain.healthy();
        StringBuilder detail = new StringBuilder();
        background(chain, random);
        String hop = kind.hops().get(random.nextInt(kind.hops().size()));
        int count = 12 + random.nextInt(2_400);
        String named = kind.break_().apply(chain, new Where(hop, count, random));
        detail.append("count=").append(count);
        boolean harmful = !kind.name().equals("none") && !kind.name().equals("saturated-generator");
        if (harmful && random.nextInt(6) == 0) {
            chain.generator(new GeneratorLoad(0.4, 3, 5, 0, 0)).cut("edge", "normal", 3, 9_000, 100, 4_000);
            detail.append(", and three stray closes");
        }
        missing(kind.name(), chain, random, detail);
        String expected = named.startsWith("@") ? kind.name() + named : named;
        return new Draw(seed, kind.name(), hop, detail.toString(), expected, chain);
    }

    /** Ordinary traffic that no rule may take for a fault. */
    private static void background(Chain chain, Random random) {
        chain.set("host", "sockstat", "TCP.mem", 20, random.nextInt(20_000))
                .set("host", "sockstat", "TCP.tw", 10, random.nextInt(5_000))
                .set("host", "netstat", "TcpExt.ListenOverflows", 5, 5 + random.nextInt(9))
                .set("agents", "ss", "up.recvq.sockets", 0, random.nextInt(2_000));
        chain.set("edge", "process", "cpu.busy", 0, random.nextInt(4_900));
    }

    /** A probe that no signature of this fault needs is missing: a foreign gateway without metrics, a kernel without an account of stalls. */
    private static void missing(String fault, Chain chain, Random random, StringBuilder detail) {
        boolean needsGateway = List.of(
                        "admission-limit",
                        "slow-consumer-policy",
                        "teardown-burst",
                        "half-open",
                        "process-heap",
                        "orphans",
                        "processor")
                .contains(fault);
        if (!needsGateway && random.nextInt(3) == 0) {
            chain.without("gateway", "gateway", "no metrics URL given")
                    .without("gateway", "server-log", "no log path given");
            detail.append(", foreign gateway without metrics");
        }
        if (random.nextInt(4) == 0) {
            chain.without("host", "pressure", "this kernel keeps no account of stalls");
            detail.append(", no pressure");
        }
        if (!List.of("proxy-buffers", "worker-preallocation").contains(fault) && random.nextInt(4) == 0) {
            chain.without("ingress", "cgroup", "forbidden");
            detail.append(", no cgroup at ingress");
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + fault + " at " + hop + " (" + detail + ")";
    }
}
