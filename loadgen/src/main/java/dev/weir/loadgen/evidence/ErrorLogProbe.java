package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * <p><b>Threading:</b> one thread at a time; keeps its place in the file. <b>Bounds:</b> {@link #BYTES_PER_READ_MAX} in memory at a time, up to the size
 * that the file had at the start of a read; a line without its end waits for the next.
 */
final class ErrorLogProbe implements Probe {
    static final String NAME = "error-log";
    static final int BYTES_PER_READ_MAX = 8 << 20;

    private final String hop;
    private final Path file;
    private final Map<LogClass, Long> counts = new EnumMap<>(LogClass.class);
    private long offset = -1;
    private long lines;
    private long infoLines;
    private long lastSignal;

    ErrorLogProbe(String hop, Path file) {
        this.hop = hop;
        this.file = file;
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
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read");
        }
        long size = Files.size(file);
        if (offset < 0) {
            offset = size;
        } else if (size < offset) {
            offset = 0;
        }
        long before = -1;
        while (offset < size && offset != before) {
            before = offset;
            readFrom(size);
        }
        return readings();
    }

    /** Counts the whole lines of the next piece. */
    private void readFrom(long size) throws IOException {
        byte[] bytes = new byte[(int) Math.min(BYTES_PER_READ_MAX, size - offset)];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset);
            in.readFully(bytes);
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end == 0 && bytes.length == BYTES_PER_READ_MAX) {
            end = bytes.length;
        }
        offset += end;
        new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(this::count);
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
