package dev.weir.loadgen.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Messages that name a resource in the logs of servers that are no nginx: a JVM, a Go server, HAProxy.
 *
 * <p><b>Source:</b> HAProxy src/listener.c, src/sock.c and src/proto_tcp.c; the JVM's own words for its exhausted resources. The keys are those of nginx's
 * log where the meaning is the same.
 */
enum ServerLogClass {
    OUT_OF_MEMORY(
            "java.lang.OutOfMemoryError: Java heap space",
            "GC overhead limit exceeded",
            "fatal error: runtime: out of memory"),
    NO_THREADS("unable to create native thread", "unable to create new native thread"),
    NO_MEMORY("OutOfMemoryError", "reached system memory limit", "Cannot allocate memory"),
    FILES_EXHAUSTED(
            "Too many open files", "too many open files", "reached process FD limit", "reached system FD limit"),
    ADDRESS_UNAVAILABLE("no free ports", "Cannot assign requested address", "cannot assign requested address"),
    ADDRESS_IN_USE("local address already in use"),
    UPSTREAM_DISABLED("is DOWN, reason:"),
    NO_LIVE_UPSTREAMS("has no server available");

    private final List<String> parts;

    ServerLogClass(String... parts) {
        this.parts = List.of(parts);
    }

    /** The key in the record, e.g. {@code out-of-memory}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The first class of which a part stands in the line, in the order of this list. */
    static Optional<ServerLogClass> of(String line) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.parts.stream().anyMatch(line::contains))
                .findFirst();
    }
}
