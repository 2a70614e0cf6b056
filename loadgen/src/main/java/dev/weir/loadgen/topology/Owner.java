package dev.weir.loadgen.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told apart from a later one under its number.
 *
 * @param pid its number
 * @param startTicks when it started, in the kernel's ticks since boot
 */
record Owner(long pid, long startTicks) {
    /** Fields of {@code /proc/PID/stat} after the command: the state is the 3rd of all, the start the 22nd. <b>Source:</b> proc(5). */
    private static final int START_AFTER_COMMAND = 22 - 3;

    /** This process. */
    static Owner self() {
        long pid = ProcessHandle.current().pid();
        return new Owner(pid, startTicks(pid).orElse(0L));
    }

    boolean lives() {
        return startTicks(pid).filter(ticks -> ticks == startTicks).isPresent();
    }

    private static Optional<Long> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // A zombie holds nothing any more.
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Long.parseLong(fields[START_AFTER_COMMAND]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    String line() {
        return "owner " + pid + " " + startTicks;
    }

    /** What a line says; empty for one that says no owner. */
    static Optional<Owner> parse(String line) {
        return line.matches("owner \\d{1,10} \\d{1,18}")
                ? Optional.of(new Owner(Long.parseLong(line.split(" ", -1)[1]), Long.parseLong(line.split(" ", -1)[2])))
                : Optional.empty();
    }
}
