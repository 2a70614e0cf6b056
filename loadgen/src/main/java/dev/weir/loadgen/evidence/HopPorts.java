package dev.weir.loadgen.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out on which ports the hops of a foreign chain listen.
 *
 * <p>Listeners are asked of {@code ss} without {@code -p}, which would look at every descriptor of every process; instead the lowest descriptors of
 * each hop are looked at, since listeners are opened before connections.
 *
 * <p><b>Bounds:</b> {@link #DESCRIPTORS_MAX} links a descriptor table.
 */
public final class HopPorts {
    private static final int DESCRIPTORS_MAX = 1_024;

    private HopPorts() {}

    /**
     * Fills in ports that are not known: those that a hop listens on, and as its upstream's those of the next hop.
     *
     * @param hops the chain from the agents' side
     * @return the same hops; ports that cannot be found stay empty and become a missing probe
     */
    public static List<HopTarget> complete(List<HopTarget> hops) {
        List<HopTarget> known = new ArrayList<>();
        for (HopTarget hop : hops) {
            boolean ask = hop.listenPorts().isEmpty() && hop.kind() != HopKind.AGENTS;
            known.add(ask ? hop.withPorts(listened(hop.pid()), hop.upstreamPorts()) : hop);
        }
        List<HopTarget> complete = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            HopTarget hop = known.get(i);
            boolean chained = hop.upstreamPorts().isEmpty() && i + 1 < known.size();
            complete.add(
                    chained ? hop.withPorts(hop.listenPorts(), known.get(i + 1).listenPorts()) : hop);
        }
        return complete;
    }

    private static List<Integer> listened(long pid) {
        try {
            Map<String, Integer> portsByInode = listeners(pid);
            Set<Integer> ports = new HashSet<>();
            List<Long> processes = new ArrayList<>(ProcessFiles.children(pid));
            processes.add(pid);
            for (long process : processes) {
                for (Path table : tables(process)) {
                    sockets(table, portsByInode, ports);
                }
            }
            return ports.stream().sorted().toList();
        } catch (IOException cannotAsk) {
            return List.of();
        }
    }

    private static Map<String, Integer> listeners(long pid) throws IOException {
        List<String> command = new ArrayList<>();
        String own =
                ProcessFiles.networkNamespace(ProcessHandle.current().pid()).orElse("");
        if (!ProcessFiles.networkNamespace(pid).orElse(own).equals(own)) {
            command.addAll(List.of("nsenter", "-t", Long.toString(pid), "-n"));
        }
        command.addAll(List.of("ss", "-HOltne"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return listeners(lines.lines().toList());
        }
    }

    /** Ports of listeners by the inode of their socket. */
    static Map<String, Integer> listeners(List<String> lines) {
        Map<String, Integer> ports = new HashMap<>();
        for (String line : lines) {
            int inode = line.indexOf(" ino:");
            Optional<SocketRow> row = SocketRow.parse(line.startsWith("LISTEN") ? line : "LISTEN " + line);
            if (inode >= 0 && row.isPresent()) {
                String digits = line.substring(inode + " ino:".length()).split(" ", 2)[0];
                ports.put("socket:[" + digits + "]", row.get().localPort());
            }
        }
        return ports;
    }

    /** The descriptor tables of a process: its own, and those of threads, which may differ. */
    private static List<Path> tables(long pid) {
        List<Path> tables = new ArrayList<>();
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            tasks.forEach(task -> tables.add(task.resolve("fd")));
        } catch (IOException gone) {
            return List.of();
        }
        return tables;
    }

    private static void sockets(Path table, Map<String, Integer> portsByInode, Set<Integer> into) {
        for (int descriptor = 0; descriptor < DESCRIPTORS_MAX; descriptor++) {
            target(table.resolve(Integer.toString(descriptor)))
                    .flatMap(socket -> Optional.ofNullable(portsByInode.get(socket)))
                    .ifPresent(into::add);
        }
    }

    private static Optional<String> target(Path link) {
        try {
            return Files.isSymbolicLink(link)
                    ? Optional.of(Files.readSymbolicLink(link).toString())
                    : Optional.empty();
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }
}
