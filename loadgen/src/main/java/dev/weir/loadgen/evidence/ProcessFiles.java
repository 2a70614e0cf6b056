package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the files under {@code /proc/PID}. Every method is one or a few small reads; a process that is gone is empty, not an error. */
final class ProcessFiles {
    /** <b>Bounds:</b> entries counted one by one where the kernel does not say how many there are. */
    private static final int DESCRIPTORS_COUNTED_MAX = 200_000;

    private ProcessFiles() {}

    static Optional<ProcText.Stat> stat(long pid) {
        return text(pid, "stat").flatMap(ProcText::stat);
    }

    static Optional<String> text(long pid, String file) {
        try {
            return Optional.of(SmallFile.text(Path.of("/proc/" + pid + "/" + file)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Children of a process. */
    static List<Long> children(long pid) {
        Optional<String> list = text(pid, "task/" + pid + "/children");
        if (list.isPresent()) {
            List<Long> children = new ArrayList<>();
            for (String word : list.get().trim().split("\\s+", -1)) {
                if (!word.isEmpty()) {
                    children.add(Long.parseLong(word));
                }
            }
            return children;
        }
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
    }

    /**
     * Open descriptors of the fullest descriptor table of a process.
     *
     * <p>The limit holds for a table, and a thread may have one of its own, so every thread's is looked at. <b>Source:</b> since Linux 6.2 the size of
     * the directory is the number of descriptors; older kernels say 0 and the main table is counted.
     */
    static OptionalLong descriptors(long pid) {
        OptionalLong main = mainDescriptors(pid);
        try {
            return main.isPresent()
                    ? OptionalLong.of(Math.max(main.getAsLong(), fullestTable(Path.of("/proc/" + pid))))
                    : main;
        } catch (IOException goneOrForbidden) {
            return OptionalLong.empty();
        }
    }

    /** Open descriptors of the table that a process began with. */
    static OptionalLong mainDescriptors(long pid) {
        Path table = Path.of("/proc/" + pid + "/fd");
        try {
            long size = Files.size(table);
            return OptionalLong.of(size > 0 ? size : count(table));
        } catch (IOException goneOrForbidden) {
            return OptionalLong.empty();
        }
    }

    private static long fullestTable(Path process) throws IOException {
        long most = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                most = Math.max(most, sizeOf(task.resolve("fd")));
            }
        }
        return most;
    }

    private static long sizeOf(Path directory) {
        try {
            return Files.size(directory);
        } catch (IOException threadEnded) {
            return 0;
        }
    }

    private static long count(Path directory) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                count += entry.getNameCount() > 0 ? 1 : 0;
                if (count >= DESCRIPTORS_COUNTED_MAX) {
                    break;
                }
            }
        }
        return count;
    }

    /** Identity of the network namespace that a process lives in, e.g. {@code net:[4026531840]}. */
    static Optional<String> networkNamespace(long pid) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString());
        } catch (IOException goneOrForbidden) {
            return Optional.empty();
        }
    }
}
