package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's memory for TCP ran out for the whole host.
 *
 * <p><b>Source:</b> {@code tcp_mem} is in pages. Measured: lowered under queues that are full, 397 of 400 sockets ended with {@code TCPAbortOnMemory};
 * lowered before, only {@code TCPMemoryPressures} moved. The log line is written some ten times in five seconds at most.
 */
record TcpMemory() implements Rule {
    private static final double ABORTS_MIN = 3;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> pressed = moved(facts, "TcpExt.TCPMemoryPressures", 1);
        List<Evidence> aborted = moved(facts, "TcpExt.TCPAbortOnMemory", ABORTS_MIN);
        Optional<Evidence> logged = facts.risen("host", "kernel-log", "tcp-out-of-memory", 1);
        Optional<Evidence> used = facts.find("host", "sockstat", "TCP.mem");
        Optional<Evidence> max = facts.find("host", "host", "tcp_mem.max");
        Optional<Evidence> share = facts.find("host", "host", "tcp_mem.share");
        boolean full = reached(1, share, used, max.map(Evidence::after));
        if (pressed.isEmpty() && logged.isEmpty() && !full) {
            return List.of();
        }
        boolean witnessed = logged.isPresent() || full || !pressed.isEmpty();
        Rank rank = !aborted.isEmpty() && witnessed && (logged.isPresent() || full)
                ? Rank.CERTAIN
                : !aborted.isEmpty() || logged.isPresent() ? Rank.LIKELY : Rank.POSSIBLE;
        String says = "TCP's memory ran out on this host: "
                + used.map(e -> Figures.count(e.peak()) + " pages were in use").orElse("its use is unknown")
                + share.map(e -> ", at most " + Figures.share(e.peak()) + " of what was allowed at that moment")
                        .or(() -> max.map(e -> " of " + Figures.count(e.after())))
                        .orElse("")
                + "; "
                + Figures.count(Facts.rises(aborted)) + " connections were ended for it";
        return new Citing()
                        .and(pressed)
                        .and(aborted)
                        .and(logged)
                        .and(used)
                        .and(share)
                        .and(max)
                        .butNot(facts.find("host", "kernel-log", "too-many-orphans"))
                        .cause(Resource.TCP_MEMORY, "host", rank, says, fix())
                        .stream()
                        .toList();
    }

    /**
     * Whether a ceiling of the host was reached: by the largest share that was seen of what was allowed at that moment, or by use and ceiling apart.
     *
     * @param least part of the ceiling, 0 to 1
     * @param ceiling empty when it could not be read, and then nothing reaches it
     */
    static boolean reached(double least, Optional<Evidence> share, Optional<Evidence> used, Optional<Double> ceiling) {
        return share.filter(e -> e.peak() >= least).isPresent()
                || used.filter(e -> e.peak() >= least * ceiling.orElse(Double.POSITIVE_INFINITY))
                        .isPresent();
    }

    static List<Evidence> moved(Facts facts, String key, double least) {
        return facts.all("netstat", key).stream()
                .filter(e -> Facts.rise(e) >= least)
                .toList();
    }

    private static String fix() {
        return "host: fewer bytes in queues first (tcp_notsent_lowat, small socket buffers, slow readers cut early);"
                + " then a larger net.ipv4.tcp_mem, which counts pages";
    }
}
