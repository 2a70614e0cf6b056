package dev.weir.loadgen.evidence;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a connection through HAProxy ended, as far as that names a resource. Two letters say it: who ended it, and in which state.
 *
 * <p><b>Source:</b> docs.haproxy.org/2.6/configuration.html, "Session state at disconnection"; each but the queue's was also seen in a real log.
 */
enum HaproxyEnd {
    /**
     * The time-out of an open tunnel: silence of both sides, or a client that takes nothing. The letters are the same for both, so that only the
     * sockets tell which.
     */
    TUNNEL_TIMED_OUT("[cs]D"),
    UPSTREAM_TIMED_OUT_CONNECTING("sC"),
    UPSTREAM_REFUSED("SC"),
    QUEUE_TIMED_OUT("sQ"),
    /** A resource of the proxy itself ran out while it connected: memory, sockets, source ports. */
    LOCAL_RESOURCE("R[CHQ]"),
    /** A worker that was killed, in the words of its master. */
    WORKER_KILLED("!!");

    private static final Pattern OWN_FORM = Pattern.compile("\\bended=([A-Za-z-]{2})(?:\\s|$)");
    /** {@code option httplog}: status, bytes, two cookies, state. */
    private static final Pattern HTTP_FORM =
            Pattern.compile(" (?:\\d{3}|-1) \\d+ \\S+ \\S+ ([A-Za-z-]{2})[A-Za-z-]{2} \\d+/");
    /** {@code option tcplog}: bytes, state. */
    private static final Pattern TCP_FORM = Pattern.compile(" \\d+ ([A-Za-z-]{2}) \\d+/\\d+/\\d+/\\d+/");

    private static final Pattern KILLED =
            Pattern.compile("Current worker \\(\\d+\\) exited with code (?:129|1[3-9]\\d)");

    private final Pattern flags;

    HaproxyEnd(String flags) {
        this.flags = Pattern.compile(flags);
    }

    /** The key in the record, e.g. {@code tunnel-timed-out}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The two letters of a line about a connection, {@code !!} of one about a worker that was killed; empty for any other. */
    static Optional<String> flags(String line) {
        for (Pattern form : new Pattern[] {OWN_FORM, HTTP_FORM, TCP_FORM}) {
            Matcher matcher = form.matcher(line);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return KILLED.matcher(line).find() ? Optional.of("!!") : Optional.empty();
    }

    /** What the letters say; empty for an ordinary end. */
    static Optional<HaproxyEnd> of(String letters) {
        for (HaproxyEnd end : values()) {
            if (end.flags.matcher(letters).matches()) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }
}
