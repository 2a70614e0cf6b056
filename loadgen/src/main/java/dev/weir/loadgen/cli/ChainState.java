package dev.weir.loadgen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.topology.RunningChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code weir up} leaves for {@code status} and {@code down}: a file in {@code .weir/} under Weir's folder.
 *
 * @param keeperPid the process that holds the chain; it ends the chain when it ends
 * @param keeperStartMillis when it started, since 1970; tells it from a later process under its number
 * @param topology what it stands on, as typed
 * @param targets where clients connect
 * @param apiBases server API of each gateway
 * @param apiKey of the server API
 * @param hops the processes, from the clients' side
 */
record ChainState(
        long keeperPid,
        long keeperStartMillis,
        String topology,
        List<String> targets,
        List<String> apiBases,
        String apiKey,
        List<HopState> hops) {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** The kernel's boot time, from which a start is reckoned, moves a little when the clock is set. */
    private static final long START_TOLERANCE_MILLIS = 2_000;

    /**
     * One process.
     *
     * @param name of the hop
     * @param kind {@code nginx} or {@code gateway}
     * @param pid of nginx's master, or of the gateway
     * @param ports that it accepts on
     * @param status stub_status of an nginx; empty for a gateway
     * @param metrics of a gateway; empty for an nginx
     * @param log its error log
     */
    record HopState(
            String name, String kind, long pid, List<Integer> ports, String status, String metrics, String log) {}

    static ChainState of(RunningChain chain, String topology) {
        return new ChainState(
                ProcessHandle.current().pid(),
                startMillis(ProcessHandle.current()),
                topology,
                chain.targets().stream().map(Object::toString).toList(),
                chain.apiBases().stream().map(Object::toString).toList(),
                chain.apiKey(),
                chain.hops().stream()
                        .map(hop -> new HopState(
                                hop.name(),
                                hop.kind(),
                                hop.pid(),
                                hop.listenPorts(),
                                hop.status().map(Object::toString).orElse(""),
                                hop.metrics().map(Object::toString).orElse(""),
                                hop.errorLog().toString()))
                        .toList());
    }

    static Path file() {
        return Home.folder().resolve(".weir").resolve("chain.json");
    }

    /** Writes it whole or not at all, readable by the owner only: it holds the API key. */
    void write() {
        Path file = file();
        try {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling("chain.json.part");
            createForOwner(part);
            Files.writeString(part, json());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw LabException.environment("the chain's state must be writable: file=" + file + "; " + e, e);
        }
    }

    /** Makes a file anew, empty, that only its owner may read or write. */
    static void createForOwner(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    String json() throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    /** The chain that is up; empty when there is none. What a killed keeper left is removed. */
    static Optional<ChainState> read() {
        Path file = file();
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            ChainState state = MAPPER.readValue(Files.readString(file), ChainState.class);
            if (state.keeper().isEmpty()) {
                Files.deleteIfExists(file);
                return Optional.empty();
            }
            return Optional.of(state);
        } catch (IOException e) {
            throw LabException.environment("the chain's state must be readable: file=" + file + "; remove it; " + e, e);
        }
    }

    static void remove() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw LabException.environment("the chain's state must be removable: file=" + file() + "; " + e, e);
        }
    }

    /** The keeper, if it is still that process and not another one under its number. */
    Optional<ProcessHandle> keeper() {
        return ProcessHandle.of(keeperPid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startMillis(process) - keeperStartMillis) <= START_TOLERANCE_MILLIS);
    }

    /** When a process started; 0 when the system does not say, which it does of the user's own. */
    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
