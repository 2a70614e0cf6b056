package dev.weir.loadgen.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Messages of nginx's error log that name a resource.
 *
 * <p><b>Source:</b> src/http/ngx_http_upstream.c, src/event/ngx_event_accept.c, src/core/ngx_connection.c, src/os/unix/ngx_process_cycle.c; each was also seen in a real log.
 * The two time-outs of upgraded connections are written at level {@code info} and are absent at any higher level.
 */
enum LogClass {
    /** {@code proxy_read_timeout} (or {@code proxy_send_timeout}): nothing came in either direction. */
    UPSTREAM_TIMED_OUT_UPGRADED("upstream timed out", "while proxying upgraded connection"),
    /** {@code send_timeout}: the side towards the agents does not read. */
    CLIENT_TIMED_OUT_UPGRADED("client timed out", "while proxying upgraded connection"),
    UPSTREAM_TIMED_OUT_CONNECTING("upstream timed out", "while connecting to upstream"),
    UPSTREAM_TIMED_OUT("upstream timed out", ""),
    CLIENT_TIMED_OUT("client timed out", ""),
    SLOTS_REUSED("worker_connections are not enough", "reusing connections"),
    SLOTS_EXHAUSTED("worker_connections are not enough", ""),
    FILES_EXHAUSTED("(24: Too many open files)", ""),
    ADDRESS_UNAVAILABLE("(99: Cannot assign requested address)", ""),
    ADDRESS_IN_USE("(98: Address already in use)", ""),
    NO_MEMORY("(12: Cannot allocate memory)", ""),
    UPSTREAM_REFUSED("(111: Connection refused)", ""),
    RESET_UPGRADED("(104: Connection reset by peer)", "while proxying upgraded connection"),
    NO_LIVE_UPSTREAMS("no live upstreams", ""),
    UPSTREAM_DISABLED("upstream server temporarily disabled", ""),
    UPSTREAM_HEADER_TOO_BIG("upstream sent too big header", ""),
    CONNECTIONS_LIMITED("limiting connections by zone", ""),
    WORKER_KILLED("worker process ", " exited on signal "),
    /** A worker that a reload or a quit asked to end. */
    WORKER_GRACEFUL("gracefully shutting down", ""),
    WORKER_EXITED("worker process ", " exited with code "),
    WORKER_FILES_BELOW_SLOTS("worker_connections exceed open file resource limit", "");

    private final String first;
    private final String second;

    LogClass(String first, String second) {
        this.first = first;
        this.second = second;
    }

    /** The key in the record, e.g. {@code upstream-timed-out-upgraded}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The first class whose parts stand in the line, in the order of this list. */
    static Optional<LogClass> of(String line) {
        return Arrays.stream(values())
                .filter(candidate -> line.contains(candidate.first) && line.contains(candidate.second))
                .findFirst();
    }
}
