package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the whole host that a run changes for a while. One run at a time has them: what a second one took for the old values would be the
 * first one's.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class HostSettings implements AutoCloseable {
    private static final String LOCK = "host.lock";

    private final Ledger ledger;
    private final List<Trace.Sysctl> changed = new ArrayList<>();
    private @Nullable FileChannel lock;

    HostSettings(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Refuses, before anything starts, what this process could not change.
     *
     * @param names dotted
     * @throws LabException of kind ENVIRONMENT with the first that cannot be changed
     */
    public static void check(List<String> names) {
        for (String name : names) {
            if (!Files.isWritable(Sysctls.file(name))) {
                throw LabException.environment("settings of this host must be changeable for this variant: setting="
                        + name + "; run as root on a host, or in a container, that lets root change it");
            }
        }
    }

    /**
     * Changes settings, each written down first.
     *
     * @param sysctls new values by dotted name
     * @throws LabException of kind ENVIRONMENT when one cannot be changed or another run has changed some
     */
    public void change(Map<String, String> sysctls) {
        takeLock();
        new TreeMap<>(sysctls).forEach((name, value) -> {
            try {
                Trace.Sysctl trace = new Trace.Sysctl(name, Sysctls.read(name));
                ledger.record(trace);
                changed.add(trace);
                Sysctls.write(name, value);
            } catch (IOException e) {
                throw LabException.environment(
                        "a setting of this host must be changeable: " + name + "=" + value + "; " + e, e);
            }
        });
    }

    /** Gives all that was changed its old value. */
    public void putBack() {
        changed.reversed().forEach(ledger::undo);
        changed.clear();
        releaseLock();
    }

    @Override
    public void close() {
        putBack();
    }

    private void takeLock() {
        if (lock != null) {
            return;
        }
        Path file = Ledger.FOLDER.resolve(LOCK);
        try {
            Files.createDirectories(Ledger.FOLDER);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw LabException.environment("settings of this host must not be changed by another run: lock=" + file
                        + "; wait until it has ended");
            }
            lock = channel;
        } catch (IOException e) {
            throw LabException.environment("settings of this host must be lockable: lock=" + file + "; " + e, e);
        }
    }

    private void releaseLock() {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw LabException.environment("the lock on this host's settings must be closable: " + e, e);
            }
        }
    }
}
