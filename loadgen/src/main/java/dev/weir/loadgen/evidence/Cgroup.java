package dev.weir.loadgen.evidence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Parsers of control groups, both versions, and where they are mounted.
 *
 * <p><b>Source:</b> Documentation/admin-guide/cgroup-v1/memory.rst and cgroup-v2.rst. {@code memory.failcnt} of version 1 is not read: it stayed 0
 * in every kill that was measured.
 */
final class Cgroup {
    /** From here on a limit of version 1 means none: it is a counter's largest value, rounded to a page. */
    static final long UNLIMITED_MIN = Long.MAX_VALUE / 2;

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private Cgroup() {}

    /**
     * A process's group.
     *
     * @param version 1 or 2
     * @param path within that hierarchy, e.g. {@code /weir-edge}
     */
    record Membership(int version, String path) {}

    /** From {@code /proc/PID/cgroup}: version 1's memory controller where there is one, else version 2. */
    static Optional<Membership> memory(String text) {
        return of("memory", text);
    }

    /** From {@code /proc/PID/cgroup}: version 1's controller where there is one, else version 2. */
    static Optional<Membership> of(String controller, String text) {
        Optional<Membership> unified = Optional.empty();
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && java.util.List.of(parts[1].split(",", -1)).contains(controller)) {
                return Optional.of(new Membership(1, parts[2]));
            }
            if (parts.length == 3 && parts[0].equals("0") && parts[1].isEmpty()) {
                unified = Optional.of(new Membership(2, parts[2]));
            }
        }
        return unified;
    }

    /** Where a group is mounted: version 2 alone at the root, beside version 1 in {@code unified}. */
    static Path folder(String controller, Membership group) {
        String relative = group.path().substring(1);
        if (group.version() == 1) {
            return ROOT.resolve(controller).resolve(relative);
        }
        Path beside = ROOT.resolve("unified");
        return (Files.isDirectory(beside) ? beside : ROOT).resolve(relative);
    }

    /** Lines {@code name number}, as in {@code memory.stat}, {@code memory.events}, {@code memory.oom_control} and {@code cpu.stat}. */
    static Map<String, Long> flat(String text) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 2 && words[1].matches("\\d{1,18}")) {
                values.put(words[0], Long.parseLong(words[1]));
            }
        }
        return values;
    }

    /** A limit: {@code max}, or a number that stands for none, is empty. */
    static OptionalLong limit(String text) {
        String word = text.strip();
        if (!word.matches("\\d{1,19}")) {
            return OptionalLong.empty();
        }
        long value = Long.parseLong(word);
        return value >= UNLIMITED_MIN ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
