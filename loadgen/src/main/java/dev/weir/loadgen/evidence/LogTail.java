package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Follows a log file: gives what is appended after the first look.
 *
 * <p><b>Threading:</b> one thread at a time; keeps its place in the file. <b>Bounds:</b> {@link #BYTES_PER_READ_MAX} in memory at a time, up to the size
 * that the file had at the start of a look; a line without its end waits for the next.
 */
final class LogTail {
    static final int BYTES_PER_READ_MAX = 8 << 20;

    private final Path file;
    private long offset = -1;

    LogTail(Path file) {
        this.file = file;
    }

    /**
     * Gives each new whole line.
     *
     * @throws IOException when the file cannot be read
     */
    void follow(Consumer<String> line) throws IOException {
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
            readFrom(size, line);
        }
    }

    private void readFrom(long size, Consumer<String> line) throws IOException {
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
        new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(line);
    }
}
