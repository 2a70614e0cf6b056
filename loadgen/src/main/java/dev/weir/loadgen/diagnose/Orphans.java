package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Optional;

/**
 * More sockets without an owner than the kernel keeps.
 *
 * <p><b>Source:</b> {@code tcp_check_oom()} and {@code tcp_too_many_orphans()}: the ceiling is {@code tcp_max_orphans}, and for sockets that do not get on a half or
 * a quarter of it. Measured: 400 sockets with unsent data at a ceiling of 100 all ended with {@code TCPAbortOnMemory}.
 */
record Orphans() implements Rule {
    private static final double ABORTS_MIN = 3;
    private static final double CEILING_SHARE_MIN = 0.25;

    @Override
    public List<Cause> judge(Facts facts) {
        Optional<Evidence> logged = facts.risen("host", "kernel-log", "too-many-orphans", 1);
        Optional<Evidence> orphans = facts.find("host", "sockstat", "TCP.orphan");
        Optional<Evidence> max = facts.find("host", "host", "orphans.max");
        List<Evidence> aborted = TcpMemory.moved(facts, "TcpExt.TCPAbortOnMemory", ABORTS_MIN);
        Optional<Evidence> share = facts.find("host", "host", "orphans.share");
        boolean full =
                TcpMemory.reached(CEILING_SHARE_MIN, share, orphans, max.map(e -> Math.min(e.before(), e.after())));
        if (logged.isEmpty() && !full) {
            return List.of();
        }
        Rank rank = logged.isPresent() && !aborted.isEmpty()
                ? Rank.CERTAIN
                : logged.isPresent() || !aborted.isEmpty() ? Rank.LIKELY : Rank.POSSIBLE;
        String says = "sockets that no process owns any more reached the host's ceiling: "
                + orphans.map(e -> Figures.count(e.peak()) + " were seen").orElse("none were sampled")
                + share.map(e -> ", at most " + Figures.share(e.peak()) + " of what was allowed at that moment")
                        .or(() -> max.map(e -> " at a maximum of " + Figures.count(e.after())))
                        .orElse("")
                + "; "
                + Figures.count(Facts.rises(aborted)) + " were reset for it";
        Citing citing =
                new Citing().and(logged).and(orphans).and(share).and(max).and(aborted);
        TcpMemory.moved(facts, "TcpExt.TCPTimeWaitOverflow", 1).forEach(citing::and);
        return citing
                .butNot(facts.find("host", "kernel-log", "tcp-out-of-memory"))
                .cause(Resource.ORPHANS, "host", rank, says, fix())
                .stream()
                .toList();
    }

    private static String fix() {
        return "host: find what closed so many sockets with unsent bytes at once (a process that died, a send_timeout), and let each process hold"
                + " fewer; reset_timedout_connection on; a larger net.ipv4.tcp_max_orphans comes second";
    }
}
