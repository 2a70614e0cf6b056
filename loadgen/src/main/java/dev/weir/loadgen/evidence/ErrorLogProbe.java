package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts known messages in what is appended to nginx's error log after the first read.
 *
 * <p>Every class is reported, also at 0, so that a message that never came can be cited; {@code info-lines} tells whether the level is low enough
 * for the time-outs of upgraded connections to be written at all.
 *
 * <p><b>Threading:</b> one thread at a time; keeps its place in the file. <b>Bounds:</b> those of {@link LogTail}.
 */
final class ErrorLogProbe implements Probe {
    static final String NAME = "error-log";

    private final String hop;
    private final LogTail tail;
    private final Map<LogClass, Long> counts = new EnumMap<>(LogClass.class);
    private long lines;
    private long infoLines;
    private long lastSignal;

    ErrorLogProbe(String hop, Path file) {
        this.hop = hop;
        this.tail = new LogTail(file);
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Reading> read() throws IOException {
        tail.follow(this::count);
        return readings();
    }

    private void count(String line) {
        NginxLogLine.parse(line).ifPresent(parsed -> {
            lines++;
            infoLines += "info".equals(parsed.level()) ? 1 : 0;
            parsed.messageClass().ifPresent(known -> counts.merge(known, 1L, Long::sum));
            lastSignal = Math.max(lastSignal, parsed.signal());
        });
    }

    private List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(hop, NAME, "lines", "1", lines));
        readings.add(new Reading(hop, NAME, "info-lines", "1", infoLines));
        readings.add(new Reading(hop, NAME, "worker-signal", "1", lastSignal));
        for (LogClass known : LogClass.values()) {
            readings.add(new Reading(hop, NAME, known.id(), "1", counts.getOrDefault(known, 0L)));
        }
        return readings;
    }
}
