package dev.weir.loadgen.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether this host can open the connections of a load, by arithmetic, before any is opened.
 *
 * @param descriptorsMax open files a process may have
 * @param portsFirst first local port that connect may choose
 * @param portsLast last one
 */
public record Preflight(long descriptorsMax, int portsFirst, int portsLast) {
    /** Files that an agent needs besides its connections. */
    public static final int DESCRIPTORS_SPARE = 512;

    private static final int TEXT_MAX = 8 * 1_024;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+|unlimited)");

    /** Reads this host's limits. */
    public static Preflight ofThisHost() {
        try {
            Matcher files = OPEN_FILES.matcher(text(LIMITS));
            boolean isLimited = files.find() && !files.group(1).equals("unlimited");
            String[] ports = text(PORT_RANGE).strip().split("\\s+", -1);
            return new Preflight(
                    isLimited ? Long.parseLong(files.group(1)) : Long.MAX_VALUE,
                    Integer.parseInt(ports[0]),
                    Integer.parseInt(ports[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("limits must be readable: " + LIMITS + ", " + PORT_RANGE, e);
        }
    }

    /** Reads in one go: a file under {@code /proc/sys} gives nothing to a second read, and {@link Files#readString} begins with one byte. */
    private static String text(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = new byte[TEXT_MAX];
            int length = input.read(bytes);
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        }
    }

    /**
     * What this host lacks, each with the arithmetic and the remedy; empty when nothing.
     *
     * @param connections in all
     * @param agents processes that share them
     * @param sources source addresses; 0 lets the kernel choose one
     * @param targets different target addresses and ports
     */
    public List<String> lacks(int connections, int agents, int sources, int targets) {
        List<String> lacks = new ArrayList<>();
        long perAgent = (connections + agents - 1L) / agents + DESCRIPTORS_SPARE;
        if (perAgent > descriptorsMax) {
            long agentsNeeded = Math.ceilDiv(connections, Math.max(1, descriptorsMax - DESCRIPTORS_SPARE));
            lacks.add("fd limit must be >= connections/agents + " + DESCRIPTORS_SPARE + ": limit=" + descriptorsMax
                    + " connections=" + connections + " agents=" + agents
                    + "; use --agents " + agentsNeeded + ", raise 'ulimit -n' or lower -c");
        }
        // Beyond half of a range, connect() scans all ports of one parity in vain before it tries the other: 150
        // connects a second.
        long perPair = (portsLast - portsFirst + 1L) / 2;
        long pairs = (long) Math.max(1, sources) * targets;
        if (connections > perPair * pairs) {
            long sourcesNeeded = Math.ceilDiv(connections, perPair * targets);
            lacks.add("source ports must be >= connections: ports=" + perPair * pairs + " (half of "
                    + portsFirst + "-" + portsLast + " × " + Math.max(1, sources) + " source addresses × " + targets
                    + " targets) connections=" + connections + "; give --source-ip " + sourcesNeeded
                    + " addresses (on loopback e.g. 127.0.0.2-127.0.0." + (1 + sourcesNeeded)
                    + "), widen net.ipv4.ip_local_port_range or lower -c");
        }
        return lacks;
    }
}
