package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the engine says happened to a hop's container since the first read: how often it ran out of memory, how often its first process ended and
 * started, and the last exit code. One kill for memory was told up to 18 times: that it was is evidence, how often is none.
 *
 * <p>Reads lines {@code 2026-11-21T06:13:00Z die exitCode=137}. The engine's flag {@code OOMKilled} is no figure here: a container whose worker was
 * killed twice kept running without it, and one that ended well after a child was killed had it.
 *
 * <p><b>Threading:</b> one thread at a time; keeps its place in the file. <b>Bounds:</b> those of {@link LogTail}.
 */
final class ContainerProbe implements Probe {
    private static final String EXIT_CODE = "exitCode=";

    private final String hop;
    private final LogTail tail;
    private long killed;
    private long ended;
    private long started;
    private long exitCode;

    ContainerProbe(String hop, Path file) {
        this.hop = hop;
        this.tail = new LogTail(file);
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public List<Reading> read() throws IOException {
        tail.follow(this::count);
        return List.of(
                new Reading(hop, name(), "oom", "1", killed),
                new Reading(hop, name(), "die", "1", ended),
                new Reading(hop, name(), "start", "1", started),
                new Reading(hop, name(), "exit-code", "1", exitCode));
    }

    private void count(String line) {
        String[] words = line.split(" ", -1);
        switch (words.length > 1 ? words[1] : "") {
            case "oom" -> killed++;
            case "start" -> started++;
            case "die" -> {
                ended++;
                exitCode = words.length > 2 && words[2].startsWith(EXIT_CODE)
                        ? Long.parseLong(words[2].substring(EXIT_CODE.length()))
                        : exitCode;
            }
            default -> {
                // A line of a form that another version writes.
            }
        }
    }
}
