package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of one network namespace, which begin at the kernel's defaults there, whatever the host has.
 *
 * <p>Another namespace's can be read only by a process inside, so one is sent in; at the start, at the end and once a minute.
 */
final class NamespaceProbe implements Probe {
    private static final String RANGE = "/proc/sys/net/ipv4/ip_local_port_range";
    private static final String TIME_WAIT_MAX = "/proc/sys/net/ipv4/tcp_max_tw_buckets";
    private static final String BACKLOG_MAX = "/proc/sys/net/core/somaxconn";

    private final String hop;
    private final List<String> enter;

    NamespaceProbe(String hop, List<String> enter) {
        this.hop = hop;
        this.enter = List.copyOf(enter);
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return "namespace";
    }

    @Override
    public long periodMillis() {
        return 60_000;
    }

    private String settings() throws IOException {
        List<String> files = List.of(RANGE, TIME_WAIT_MAX, BACKLOG_MAX);
        if (!enter.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("cat"));
            command.addAll(files);
            return ShortCommand.output(enter, command);
        }
        StringBuilder own = new StringBuilder();
        for (String file : files) {
            own.append(SmallFile.text(Path.of(file))).append('\n');
        }
        return own.toString();
    }

    @Override
    public boolean usesTools() {
        return !enter.isEmpty();
    }

    @Override
    public List<Reading> read() throws IOException {
        String[] words = settings().strip().split("\\s+", -1);
        if (words.length != 4) {
            throw new IOException("settings of the namespace have another form: " + String.join(" ", words));
        }
        long ports = Long.parseLong(words[1]) - Long.parseLong(words[0]) + 1;
        return List.of(
                new Reading(hop, name(), "source-ports", "1", ports),
                new Reading(hop, name(), "time-wait.max", "1", Long.parseLong(words[2])),
                new Reading(hop, name(), "backlog.max", "1", Long.parseLong(words[3])));
    }
}
