package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts what HAProxy says in its log: messages that name a resource, and how WebSockets ended.
 *
 * <p>{@code info-lines} counts the lines about connections; when there are none, the log would not show a time-out either. Every class is reported, also
 * at 0.
 *
 * <p><b>Threading:</b> one thread at a time; keeps its place in the file. <b>Bounds:</b> those of {@link LogTail}.
 */
final class HaproxyLogProbe implements Probe {
    private final String hop;
    private final LogTail tail;
    private final Map<String, Long> counts = new TreeMap<>();
    private long lines;
    private long ends;

    HaproxyLogProbe(String hop, Path file) {
        this.hop = hop;
        this.tail = new LogTail(file);
        for (ServerLogClass known : ServerLogClass.values()) {
            counts.put(known.id(), 0L);
        }
        for (HaproxyEnd known : HaproxyEnd.values()) {
            counts.put(known.id(), 0L);
        }
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return ErrorLogProbe.NAME;
    }

    @Override
    public List<Reading> read() throws IOException {
        tail.follow(this::count);
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(hop, name(), "lines", "1", lines));
        readings.add(new Reading(hop, name(), "info-lines", "1", ends));
        counts.forEach((key, count) -> readings.add(new Reading(hop, name(), key, "1", count)));
        return readings;
    }

    private void count(String line) {
        lines++;
        Optional<String> flags = HaproxyEnd.flags(line);
        ends += flags.isPresent() ? 1 : 0;
        flags.flatMap(HaproxyEnd::of)
                .map(HaproxyEnd::id)
                .or(() -> ServerLogClass.of(line).map(ServerLogClass::id))
                .ifPresent(key -> counts.merge(key, 1L, Long::sum));
    }
}
