package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock between processes, held through a file that stays. The kernel gives it back however its holder ends, so none is ever stale.
 *
 * <p><b>Threading:</b> any thread.
 */
final class ProcessLock implements AutoCloseable {
    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it without waiting; empty when somebody has it. The folder is made if it is not there. */
    static Optional<ProcessLock> take(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new ProcessLock(channel));
        } catch (IOException e) {
            throw LabException.environment("the lock must be writable: file=" + file + "; " + e, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException here) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw LabException.environment("the lock must be closable: " + e, e);
        }
    }
}
