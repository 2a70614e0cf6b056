package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Packets that decide a case, closed windows and resets on the hops' ports, written by {@code tcpdump} into the record's folder, one file to a network
 * namespace: {@code capture-edge.pcap}.
 *
 * <p><b>Threading:</b> one thread. <b>Bounds:</b> {@link #PACKETS_MAX} packets of {@link #BYTES_PER_PACKET} bytes a namespace, about 4 MB, and {@link #SECONDS_MAX}
 * seconds, after which the tool ends by itself whatever has become of this process.
 */
final class Capture implements AutoCloseable {
    static final int PACKETS_MAX = 40_000;
    static final int BYTES_PER_PACKET = 96;
    static final int SECONDS_MAX = 3_600;

    private static final long START_MILLIS = 400;
    private static final long END_SECONDS = 3;
    private static final int PORTS_MAX = 64;
    /** What {@code timeout} says of a command that is not there. */
    private static final int NOT_FOUND = 127;

    private final List<Process> running = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();

    private Capture() {}

    /** Starts one {@code tcpdump} in every network namespace of the hops; one that cannot start is missing, and the others go on. */
    static Capture start(List<HopTarget> hops, Path folder) {
        Capture capture = new Capture();
        String own =
                ProcessFiles.networkNamespace(ProcessHandle.current().pid()).orElse("own");
        Map<String, List<HopTarget>> byNamespace = new LinkedHashMap<>();
        hops.forEach(hop -> byNamespace
                .computeIfAbsent(ProcessFiles.networkNamespace(hop.pid()).orElse(own), name -> new ArrayList<>())
                .add(hop));
        byNamespace.forEach((namespace, sharing) -> capture.start(
                namespace.equals(own)
                        ? EvidenceCollector.HOST
                        : sharing.getFirst().name(),
                sharing,
                namespace.equals(own)
                        ? List.of()
                        : List.of(
                                "nsenter",
                                "-t",
                                Long.toString(sharing.getFirst().pid()),
                                "-n"),
                folder));
        return capture;
    }

    private void start(String label, List<HopTarget> hops, List<String> enter, Path folder) {
        String filter = filter(hops);
        if (filter.isEmpty()) {
            missing.add(new Missing(label, "capture", "no port of these hops is known"));
            return;
        }
        List<String> command = new ArrayList<>(enter);
        command.addAll(List.of("timeout", Integer.toString(SECONDS_MAX), "tcpdump", "-i", "any", "-n", "-q", "-U"));
        command.addAll(List.of("-s", Integer.toString(BYTES_PER_PACKET), "-c", Integer.toString(PACKETS_MAX)));
        command.addAll(
                List.of("-w", folder.resolve("capture-" + label + ".pcap").toString(), filter));
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(folder.resolve("capture-" + label + ".log").toFile())
                    .start();
            if (process.waitFor(START_MILLIS, TimeUnit.MILLISECONDS)) {
                missing.add(new Missing(
                        label,
                        "capture",
                        process.exitValue() == NOT_FOUND
                                ? "tcpdump not found"
                                : "tcpdump ended with exit code " + process.exitValue() + "; see capture-" + label
                                        + ".log"));
            } else {
                running.add(process);
            }
        } catch (IOException cannotStart) {
            missing.add(new Missing(label, "capture", String.valueOf(cannotStart.getMessage())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closed windows and resets on any of the hops' ports; a few dozen ports of each chain are enough to see them. */
    static String filter(List<HopTarget> hops) {
        List<String> ports = new ArrayList<>();
        for (HopTarget hop : hops) {
            hop.listenPorts().forEach(port -> ports.add("port " + port));
            hop.upstreamPorts().forEach(port -> ports.add("port " + port));
        }
        List<String> some = ports.stream().distinct().limit(PORTS_MAX).toList();
        return some.isEmpty()
                ? ""
                : "tcp and (tcp[14:2] = 0 or tcp[tcpflags] & tcp-rst != 0) and (" + String.join(" or ", some) + ")";
    }

    /** What could not be captured, with the reason. */
    List<Missing> missing() {
        return List.copyOf(missing);
    }

    /** Ends the tools; what they have written stays. */
    @Override
    public void close() {
        running.forEach(Process::destroy);
        for (Process process : running) {
            process.onExit()
                    .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
                    .join();
            process.destroyForcibly();
        }
        running.clear();
    }
}
