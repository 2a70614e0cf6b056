package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A proxy's own memory per connection.
 *
 * <p><b>Source:</b> measured bytes per WebSocket in user space: nginx 18.2 kB, with large request headers 27.9 kB, with TLS 46.6 kB, at
 * {@code proxy_buffer_size 64k} 138 kB. {@code proxy_buffering} and {@code proxy_buffers} have no effect after the 101.
 */
record ProxyBuffers() implements Rule {
    /** More than any setting of a proxy takes whose buffers are small. */
    private static final double BYTES_PER_CONNECTION_MIN = 64_000;

    /** Less than this in all is what a process takes to start. */
    private static final double BYTES_MIN = 8e6;

    private static final double CONNECTIONS_MIN = 20;

    /** Queues that hold less than this part of what the process took itself are flat beside it. */
    private static final double FLAT_MAX = 1;

    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.proxies(), hop -> judge(facts, hop));
    }

    private static Optional<Cause> judge(Facts facts, String hop) {
        Optional<Evidence> own = largest(facts, hop);
        Optional<Evidence> sockets = facts.connections(hop);
        if (own.isEmpty() || sockets.isEmpty() || sockets.get().peak() < CONNECTIONS_MIN) {
            return Optional.empty();
        }
        // A reload's new workers took at start what the old ones had taken.
        boolean reloaded =
                facts.risen(hop, "process", "workers.shutting-down", 1).isPresent();
        double bytes = Facts.rise(own.get()) - (reloaded ? own.get().before() : 0);
        double each = bytes / sockets.get().peak();
        if (bytes < BYTES_MIN || each < BYTES_PER_CONNECTION_MIN) {
            return Optional.empty();
        }
        boolean listed = !facts.socketsCutShort();
        Optional<Evidence> queued = facts.find(hop, "ss", "down.sendq").filter(_ -> listed);
        Optional<Evidence> unread = facts.find(hop, "ss", "up.recvq").filter(_ -> listed);
        double kernel = queued.map(Evidence::peak).orElse(0.0)
                + unread.map(Evidence::peak).orElse(0.0);
        boolean flat = queued.isPresent() && kernel <= FLAT_MAX * bytes;
        String says = hop + " took " + Figures.bytes(bytes) + " of its own for "
                + Figures.count(sockets.get().peak()) + " connections, " + Figures.bytes(each) + " each"
                + (queued.isPresent() ? "; its sockets queue " + Figures.bytes(kernel) : "");
        Rank rank = rank(queued.isPresent(), flat, reloaded);
        return new Citing()
                .and(own)
                .and(sockets)
                .and(queued)
                .and(unread)
                .and(facts.find(hop, "cgroup", "memory.anon"))
                .cause(Resource.PROXY_BUFFERS, hop, rank, says, fix(hop));
    }

    /** What new workers took at start is only about what the old ones had taken when they were first looked at. */
    private static Rank rank(boolean seesQueues, boolean flat, boolean reloaded) {
        if (!seesQueues) {
            return Rank.LIKELY;
        }
        if (!flat) {
            return Rank.POSSIBLE;
        }
        return reloaded ? Rank.LIKELY : Rank.CERTAIN;
    }

    /** Proportional memory, resident memory which is read more often, or what the kernel found at the kill: the largest. */
    private static Optional<Evidence> largest(Facts facts, String hop) {
        List<Evidence> figures = new ArrayList<>();
        facts.find(hop, "process", "pss").ifPresent(figures::add);
        facts.find(hop, "kernel-log", "oom-kill.resident").ifPresent(figures::add);
        if (figures.isEmpty()) {
            facts.find(hop, "process", "rss").ifPresent(figures::add);
        }
        return figures.stream().max(java.util.Comparator.comparingDouble(Facts::rise));
    }

    private static String fix(String hop) {
        return hop
                + ": proxy_buffer_size 4k: each WebSocket takes two of these, grown by the largest messages and kept until it ends;"
                + " proxy_buffering and proxy_buffers change nothing after the 101";
    }
}
