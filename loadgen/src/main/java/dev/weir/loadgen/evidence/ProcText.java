package dev.weir.loadgen.evidence;

import java.util.Optional;
import java.util.OptionalLong;

/** Parsers of the small files under {@code /proc/PID}. */
final class ProcText {
    /** Clock ticks a second, the kernel's {@code USER_HZ}: 100 on every architecture that Linux supports with a JDK 25. */
    static final long TICKS_PER_SECOND = 100;

    private static final int EXIT_CODE_FIELD = 52;
    private static final int FIRST_FIELD_AFTER_NAME = 3;
    private static final int RESIDENT_INDEX = 21;

    /** The page of x86-64 and of most arm64 kernels. */
    static final long PAGE_BYTES = 4_096;

    private ProcText() {}

    /**
     * What {@code /proc/PID/stat} says.
     *
     * @param state {@code R}, {@code S}, {@code D}, {@code Z} …
     * @param cpuTicks user and system time
     * @param threads threads
     * @param startTicks start time since boot; another value under the same pid is another process
     * @param residentBytes resident memory, pages that are shared included
     * @param residentBytes resident memory, pages that are shared included
     * @param exitCode wait status of a zombie, else 0 (also 0 where the kernel hides it)
     */
    record Stat(char state, long cpuTicks, long threads, long startTicks, long residentBytes, int exitCode) {}

    /** Parses {@code /proc/PID/stat}; the name in parentheses may hold spaces and parentheses. */
    static Optional<Stat> stat(String text) {
        int close = text.lastIndexOf(')');
        if (close < 0) {
            return Optional.empty();
        }
        String[] fields = text.substring(close + 1).trim().split("\\s+", -1);
        if (fields.length < 20) {
            return Optional.empty();
        }
        int exitIndex = EXIT_CODE_FIELD - FIRST_FIELD_AFTER_NAME;
        int exitCode = fields.length > exitIndex ? Integer.parseInt(fields[exitIndex]) : 0;
        return Optional.of(new Stat(
                fields[0].charAt(0),
                Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                Long.parseLong(fields[17]),
                Long.parseLong(fields[19]),
                fields.length > RESIDENT_INDEX ? Long.parseLong(fields[RESIDENT_INDEX]) * PAGE_BYTES : 0,
                exitCode));
    }

    /** Effective (soft) limit of open files in {@code /proc/PID/limits}; {@link Long#MAX_VALUE} for {@code unlimited}. */
    static OptionalLong openFilesLimit(String text) {
        return limit(text, "Max open files");
    }

    /** One soft limit by the name in the first column. */
    static OptionalLong limit(String text, String name) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(name)) {
                String soft = line.substring(name.length()).trim().split("\\s+", -1)[0];
                return OptionalLong.of("unlimited".equals(soft) ? Long.MAX_VALUE : Long.parseLong(soft));
            }
        }
        return OptionalLong.empty();
    }

    /** A {@code Name: N kB} line of {@code smaps_rollup}, {@code status} or {@code meminfo}, in bytes. */
    static OptionalLong kilobytes(String text, String name) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(name + ":")) {
                String[] words = line.substring(name.length() + 1).trim().split("\\s+", -1);
                return OptionalLong.of(Long.parseLong(words[0]) * 1_024);
            }
        }
        return OptionalLong.empty();
    }

    /** The effective capabilities in the text of {@code status}, a bit each. */
    static OptionalLong capabilities(String text) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("CapEff:")) {
                return OptionalLong.of(Long.parseUnsignedLong(line.substring(7).strip(), 16));
            }
        }
        return OptionalLong.empty();
    }
}
