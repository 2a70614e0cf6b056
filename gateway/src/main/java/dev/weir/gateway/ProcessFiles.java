package dev.weir.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What supervisors wait for: the pid file and the ready file, both written when sockets are accepted and removed at exit.
 *
 * <p><b>Threading:</b> {@link #write} once; {@link #remove} from any thread, any number of times.
 */
final class ProcessFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessFiles.class);

    private final Optional<Path> pidFile;
    private final Optional<Path> readyFile;
    private final Map<Path, String> written = new ConcurrentHashMap<>();

    ProcessFiles(Optional<Path> pidFile, Optional<Path> readyFile) {
        this.pidFile = pidFile;
        this.readyFile = readyFile;
    }

    /**
     * Writes both, each whole or not at all.
     *
     * @throws StartException when a file cannot be written
     */
    void write(List<Integer> ports, int apiPort) throws StartException {
        long pid = ProcessHandle.current().pid();
        JsonObject ready = new JsonObject()
                .put("pid", pid)
                .put("ports", new JsonArray(new ArrayList<>(ports)))
                .put("apiPort", apiPort);
        write("pid-file", pidFile, pid + "\n");
        write("ready-file", readyFile, ready.encode() + "\n");
    }

    /** Removes what {@link #write} wrote, and what another process has written since stays. */
    void remove() {
        written.forEach(ProcessFiles::delete);
    }

    private void write(String flag, Optional<Path> file, String text) throws StartException {
        try {
            file.ifPresent(path -> {
                replace(path, text);
                written.put(path, text);
            });
        } catch (UncheckedIOException e) {
            throw new StartException(
                    ExitCode.ENVIRONMENT,
                    flag + " must be writable: " + flag + "=" + file.orElseThrow() + " (--" + flag + "); "
                            + e.getCause());
        }
    }

    private static void replace(Path file, String text) {
        Path absolute = file.toAbsolutePath();
        Path part = absolute.resolveSibling(
                absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file, String text) {
        try {
            if (Files.exists(file) && Files.readString(file).equals(text)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("file must be removable: file={}; {}", file, e.getMessage());
        }
    }
}
