package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes what runs left on this host that were killed before they could: namespaces, interfaces, control groups, changed settings. What a run
 * that lives has made is never touched.
 *
 * <p><b>Threading:</b> any thread; of two processes that tidy up at once, the second leaves it to the first.
 */
public final class Leftovers {
    private static final String LOCK = "tidy.lock";

    private Leftovers() {}

    /**
     * Removes them.
     *
     * @return one line for each thing that was put back
     * @throws LabException of kind ENVIRONMENT with what cannot be removed
     */
    public static List<String> remove() {
        return remove(Ledger.FOLDER);
    }

    static List<String> remove(Path folder) {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return List.of();
        }
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? List.of() : removeAll(folder);
        } catch (OverlappingFileLockException here) {
            return List.of();
        } catch (IOException e) {
            throw LabException.environment("what a killed run left must be removable: folder=" + folder + "; " + e, e);
        }
    }

    private static List<String> removeAll(Path folder) throws IOException {
        List<String> removed = new ArrayList<>();
        for (Path file : ledgers(folder)) {
            List<String> lines = Files.readAllLines(file);
            Optional<Owner> owner = lines.isEmpty() ? Optional.empty() : Owner.parse(lines.getFirst());
            if (owner.isPresent() && !owner.get().lives()) {
                removed.addAll(undo(file, lines.subList(1, lines.size())));
            }
        }
        return removed;
    }

    private static List<String> undo(Path file, List<String> lines) {
        Map<Boolean, List<Trace>> traces = lines.stream()
                .flatMap(line -> Trace.parse(line).stream())
                .collect(Collectors.partitioningBy(Leftovers::mustWait));
        List<Trace> now = traces.getOrDefault(false, List.of());
        List<String> left = Undo.all(now);
        if (!left.isEmpty()) {
            throw LabException.environment(
                    "what a killed run left must be removable: left=" + String.join(", ", left) + "; see " + file);
        }
        List<Trace> later = traces.getOrDefault(true, List.of());
        if (later.isEmpty()) {
            Ledger.remove(file);
        }
        return now.stream().map(Trace::line).toList();
    }

    /** Containers whose engine does not answer do nothing meanwhile: nobody is kept from running because of them. Undone twice is undone. */
    private static boolean mustWait(Trace trace) {
        return switch (trace) {
            case Trace.Project project -> ProjectRemoval.mustWait(project.engine());
            case Trace.Group _, Trace.Namespace _, Trace.Link _ -> false;
            case Trace.Sysctl _ -> false;
        };
    }

    private static List<Path> ledgers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(Ledger.SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
