package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run has made on this host, written down before it is made, so that whoever comes later can remove what a killed run left.
 *
 * <p>A text file in a folder that is empty after a reboot, as the host then is of what it names, and that only root writes, who acts on it. Its
 * first line names the owner; while that process lives, nobody else touches what the ledger names. It is there from the first entry until all
 * entries are undone.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one line for each thing made.
 */
final class Ledger implements AutoCloseable {
    /** Where ledgers are. */
    static final Path FOLDER = Path.of("/run/weir");

    static final String SUFFIX = ".ledger";

    private final Path file;
    private final List<Trace> made = new ArrayList<>();

    /**
     * A ledger without entries.
     *
     * @param folder takes the file
     * @param id of the run, e.g. {@code weir-3fa91c}
     */
    Ledger(Path folder, String id) {
        this.file = folder.resolve(id + SUFFIX);
    }

    /**
     * Writes down what is about to be made.
     *
     * @throws LabException of kind ENVIRONMENT when it cannot be written
     */
    synchronized void record(Trace trace) {
        try {
            if (made.isEmpty()) {
                begin();
            }
            Files.writeString(file, trace.line() + "\n", StandardOpenOption.APPEND);
            made.add(trace);
        } catch (IOException e) {
            throw LabException.environment(
                    "what a run makes on this host must be written down first: file=" + file + "; run as root; " + e,
                    e);
        }
    }

    /** With its owner or not at all. */
    private void begin() throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, Owner.self().line() + "\n", StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Undoes what one entry says, the last one that equals it.
     *
     * @throws LabException of kind ENVIRONMENT when it cannot be undone; it stays written down
     */
    synchronized void undo(Trace trace) {
        int at = made.lastIndexOf(trace);
        if (at < 0) {
            return;
        }
        try {
            Undo.of(trace);
        } catch (IOException e) {
            throw LabException.environment("what the run made must be removable: left=" + trace.line() + "; " + e, e);
        }
        made.remove(at);
        if (made.isEmpty()) {
            remove(file);
        }
    }

    /**
     * Undoes everything, the latest first. What cannot be undone stays written down.
     *
     * @throws LabException of kind ENVIRONMENT with what is left
     */
    @Override
    public synchronized void close() {
        boolean interrupted = Thread.interrupted();
        try {
            List<String> left = Undo.all(made);
            made.clear();
            if (!left.isEmpty()) {
                throw LabException.environment("what the run made must be removable: left=" + String.join(", ", left)
                        + "; 'weir down' tries again; see " + file);
            }
            remove(file);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw LabException.environment("the ledger must be removable: file=" + file + "; " + e, e);
        }
    }
}
