package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts messages that name a resource in what is appended to the log of a gateway or of HAProxy. Every class is reported, also at 0. */
final class ServerLogProbe implements Probe {
    private final String hop;
    private final String name;
    private final LogTail tail;
    private final Map<ServerLogClass, Long> counts = new EnumMap<>(ServerLogClass.class);
    private long lines;

    /**
     * A probe of one log.
     *
     * @param name {@code error-log} for a proxy, {@code server-log} for what is none
     */
    ServerLogProbe(String hop, String name, Path file) {
        this.hop = hop;
        this.name = name;
        this.tail = new LogTail(file);
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Reading> read() throws IOException {
        tail.follow(line -> {
            lines++;
            ServerLogClass.of(line).ifPresent(known -> counts.merge(known, 1L, Long::sum));
        });
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(hop, name, "lines", "1", lines));
        for (ServerLogClass known : ServerLogClass.values()) {
            readings.add(new Reading(hop, name, known.id(), "1", counts.getOrDefault(known, 0L)));
        }
        return readings;
    }
}
