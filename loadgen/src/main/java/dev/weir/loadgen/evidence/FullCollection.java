package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a JVM collect all its garbage: this one by itself, another one of this host with the {@code jcmd} that lies beside its {@code java}.
 *
 * <p><b>Threading:</b> any thread, which it blocks for the collection.
 */
final class FullCollection {
    private FullCollection() {}

    /**
     * Collects.
     *
     * @param pid of the JVM
     * @throws IOException when it is no JVM, belongs to another user, runs from a JRE without {@code jcmd}, or does not end in time
     */
    static void of(long pid) throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            System.gc();
            return;
        }
        Path java = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(Path::of)
                .orElseThrow(() -> new IOException("the program of process " + pid + " is not known"));
        Path jcmd = java.resolveSibling("jcmd");
        ShortCommand.output(List.of(), List.of(jcmd.toString(), Long.toString(pid), "GC.run"));
    }
}
