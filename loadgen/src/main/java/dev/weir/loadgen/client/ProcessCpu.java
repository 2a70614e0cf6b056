package dev.weir.loadgen.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * CPU time of this process, as the kernel counts it: garbage collector and compiler included.
 *
 * <p><b>Source:</b> proc_pid_stat(5): fields 14 and 15, in ticks of 1/100 s (USER_HZ, fixed on Linux).
 */
public final class ProcessCpu {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int FIELDS_BEFORE_USER_TIME_AFTER_NAME = 11;

    private ProcessCpu() {}

    /** User and system time since the process began; 0 where there is no {@code /proc}. */
    public static long nanos() {
        if (!Files.isReadable(STAT)) {
            return 0;
        }
        try {
            return read(Files.readString(STAT));
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
