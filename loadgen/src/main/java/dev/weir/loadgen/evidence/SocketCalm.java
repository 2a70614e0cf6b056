package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether sockets are, as far as the kernel's sums tell, as they were when they were looked at last: then a walk over a hundred thousand of them would
 * find the same again.
 *
 * <p>What queues takes pages, what opens and ends is counted, a window that closes and a peer that does not answer are, too. All of these are two small
 * files. What they cannot tell is that one queue empties while another fills by as much, so after {@link #REST_NANOS_MAX} a walk is due anyhow.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SocketCalm {
    static final long REST_NANOS_MAX = 15_000_000_000L;

    /** Less than this part of all sockets is what comes and goes. */
    private static final double SHARE_MIN = 0.01;

    private static final String[] SIGNS = {
        "TcpExt.TCPToZeroWindowAdv",
        "TcpExt.TCPFromZeroWindowAdv",
        "TcpExt.TCPWinProbe",
        "TcpExt.TCPTimeouts",
        "TcpExt.ListenOverflows",
        "TcpExt.TCPAbortOnMemory"
    };

    /**
     * What the sums say.
     *
     * @param nanos when
     * @param open sockets of the namespace
     * @param orphans of the host
     * @param pages that TCP has of the host's memory
     * @param signs counters that move when a socket is in trouble, added up
     */
    record Sums(long nanos, long open, long orphans, long pages, long signs) {
        /** Whether a walk would find what it found then. */
        boolean isLike(Sums then) {
            double few = Math.max(1, SHARE_MIN * then.open);
            return nanos - then.nanos < REST_NANOS_MAX
                    && signs == then.signs
                    && Math.abs(open - then.open) <= few
                    && Math.abs(orphans - then.orphans) <= few
                    && Math.abs(pages - then.pages) <= few;
        }
    }

    private final Path sockstat;
    private final Path netstat;

    /** Of the namespace that a process lives in. */
    SocketCalm(long pid) {
        this.sockstat = Path.of("/proc/" + pid + "/net/sockstat");
        this.netstat = Path.of("/proc/" + pid + "/net/netstat");
    }

    /** What the sums say now. */
    Sums sums() throws IOException {
        Map<String, Long> tcp = Sockstat.parseTcp(SmallFile.text(sockstat));
        Map<String, Long> counters = Counters.parse(SmallFile.text(netstat));
        long signs = 0;
        for (String sign : SIGNS) {
            signs += counters.getOrDefault(sign, 0L);
        }
        return new Sums(
                System.nanoTime(),
                tcp.getOrDefault("inuse", 0L),
                tcp.getOrDefault("orphan", 0L),
                tcp.getOrDefault("mem", 0L),
                signs);
    }
}
