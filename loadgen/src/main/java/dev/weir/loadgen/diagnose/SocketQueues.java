package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Kernel memory of queued bytes: send queues that stay because somebody waits for a window, while the proxies' own memory stays flat.
 *
 * <p>Queues that a broadcast fills for a moment are no cause: without sockets that wait for a window nothing is said.
 */
record SocketQueues() implements Rule {
    /** Bytes in all send queues towards the agents from which on they matter. */
    private static final double QUEUED_BYTES_MIN = 8e6;
    /** Kernel and sockets agree when the one is at least this part of the other; the kernel counts whole pages. */
    private static final double AGREE_MIN = 0.5;
    /** Own memory is flat while it grew by less than this part of what the kernel queues. */
    private static final double FLAT_MAX = 0.25;
    /** <b>Source:</b> the page size of every architecture that the lab runs on. */
    private static final double PAGE_BYTES = 4_096;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> queues = facts.hops().stream()
                .flatMap(hop -> facts.find(hop, "ss", "down.sendq").stream())
                .toList();
        double held = facts.tiers().stream()
                .mapToDouble(tier -> SlowReaders.held(facts, tier))
                .max()
                .orElse(0);
        double queued = Facts.peaks(queues);
        Optional<Evidence> fullest = queues.stream().max(Comparator.comparingDouble(Evidence::peak));
        if (fullest.isEmpty() || queued < QUEUED_BYTES_MIN || held < SlowReaders.SOCKETS_MIN) {
            return List.of();
        }
        String hop = fullest.get().hop();
        Optional<Evidence> kernel = facts.find("host", "sockstat", "TCP.mem");
        Optional<Evidence> own = facts.find(hop, "process", "pss");
        double kernelBytes = kernel.map(e -> Facts.rise(e) * PAGE_BYTES).orElse(0.0);
        double ownBytes = own.map(Facts::rise).orElse(Double.MAX_VALUE);
        boolean complete = kernelBytes >= AGREE_MIN * queued && ownBytes <= FLAT_MAX * queued;
        String says = Figures.bytes(queued) + " wait in send queues, most of it at " + hop + " ("
                + Figures.bytes(fullest.get().peak()) + "); kernel TCP memory rose by " + Figures.bytes(kernelBytes)
                + own.map(e -> ", " + hop + "'s own by " + Figures.bytes(Facts.rise(e)))
                        .orElse("");
        return new Citing()
                        .and(queues)
                        .and(kernel)
                        .and(own)
                        .butNot(facts.counter(hop, "netstat", "TcpExt.TCPMemoryPressures"))
                        .cause(Resource.SOCKET_QUEUES, hop, complete ? Rank.CERTAIN : Rank.LIKELY, says, fix(hop))
                        .stream()
                        .toList();
    }

    private static String fix(String hop) {
        return hop + ": net.ipv4.tcp_notsent_lowat=16384 in its network namespace, listen … sndbuf=16k;"
                + " and a slow-consumer bound at the gateway below what the chain can swallow";
    }
}
