package dev.weir.loadgen.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of this process, as the kernel counts it: garbage collector and compiler included.
 *
 * <p><b>Source:</b> proc_pid_stat(5): fields 14 and 15, in ticks of 1/100 s (USER_HZ, fixed on Linux).
 *
 * <p><b>Threading:</b> any thread, until it is closed.
 */
public final class ProcessCpu implements AutoCloseable {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int FIELDS_BEFORE_USER_TIME_AFTER_NAME = 11;

    /** <b>Bounds:</b> the file is one line of some 300 bytes. */
    private static final int BYTES_MAX = 1_024;

    /** Open from the start: a process without a descriptor to spare still has to tell. */
    private final @Nullable FileChannel stat;

    /** Of this process. */
    public ProcessCpu() {
        this.stat = open();
    }

    private static @Nullable FileChannel open() {
        try {
            return Files.isReadable(STAT) ? FileChannel.open(STAT) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** User and system time since the process began; 0 where there is no {@code /proc}. */
    public long nanos() {
        if (stat == null) {
            return 0;
        }
        try {
            ByteBuffer line = ByteBuffer.allocate(BYTES_MAX);
            stat.read(line, 0);
            return read(new String(line.array(), 0, line.position(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (stat != null) {
                stat.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the text of a {@code stat} file; the process's name in it may contain blanks and parentheses. */
    static long read(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long user = Long.parseLong(fields[FIELDS_BEFORE_USER_TIME_AFTER_NAME]);
        long system = Long.parseLong(fields[FIELDS_BEFORE_USER_TIME_AFTER_NAME + 1]);
        return (user + system) * TICK_NANOS;
    }
}
