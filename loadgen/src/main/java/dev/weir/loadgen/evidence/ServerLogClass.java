package dev.weir.loadgen.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Messages that name a resource in the logs of servers that are no nginx: a JVM, a Go server, HAProxy.
 *
 * <p><b>Source:</b> HAProxy src/listener.c, src/sock.c and src/proto_tcp.c; the JVM's own words for its exhausted resources. The keys are those of nginx's
 * log where the meaning is the same.
 */
enum ServerLogClass {
    OUT_OF_MEMORY("OutOfMemoryError: Java heap space|GC overhead limit exceeded|fatal error: runtime: out of memory"),
    NO_THREADS("unable to create (native|new native) thread"),
    NO_MEMORY("OutOfMemoryError|reached system memory limit|Cannot allocate memory"),
    FILES_EXHAUSTED("[Tt]oo many open files|reached (process|system) FD limit"),
    ADDRESS_UNAVAILABLE("no free ports|[Cc]annot assign requested address"),
    ADDRESS_IN_USE("local address already in use"),
    UPSTREAM_DISABLED("is DOWN, reason:"),
    NO_LIVE_UPSTREAMS("has no server available");

    private final Pattern pattern;

    ServerLogClass(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    /** The key in the record, e.g. {@code out-of-memory}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The first class that is found in the line, in the order of this list. */
    static Optional<ServerLogClass> of(String line) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.pattern.matcher(line).find())
                .findFirst();
    }
}
