package dev.weir.loadgen.topology;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How each thing that a run made is removed. What is not there any more is removed already; processes that are still inside are killed. */
final class Undo {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private Undo() {}

    /** Undoes all, the latest first, and gives what could not be undone, with the reason. */
    static List<String> all(List<Trace> traces) {
        List<String> left = new ArrayList<>();
        for (Trace trace : List.copyOf(traces).reversed()) {
            try {
                of(trace);
            } catch (IOException e) {
                left.add(trace.line() + " (" + e + ")");
            }
        }
        return left;
    }

    /** Undoes one, to its end, whatever signal comes meanwhile. */
    static void of(Trace trace) throws IOException {
        Unhindered.run(() -> undo(trace));
    }

    private static void undo(Trace trace) throws IOException {
        switch (trace) {
            case Trace.Group group -> removeGroup(group.folder());
            case Trace.Namespace namespace -> removeNamespace(namespace.name());
            case Trace.Link link -> Command.tryRun("ip", "link", "delete", link.name());
            case Trace.Sysctl sysctl -> Sysctls.write(sysctl.name(), sysctl.old());
            case Trace.Project project -> ProjectRemoval.of(project);
        }
    }

    private static void removeGroup(Path group) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(group)) {
            try {
                for (Path inner : groupsIn(group)) {
                    removeGroup(inner);
                }
                processesIn(group).forEach(ProcessHandle::destroyForcibly);
                Files.deleteIfExists(group);
            } catch (FileSystemException busy) {
                if (System.nanoTime() > deadline) {
                    throw busy;
                }
                Unhindered.pause(POLL);
            }
        }
    }

    private static List<Path> groupsIn(Path group) throws IOException {
        try (Stream<Path> files = Files.list(group)) {
            return files.filter(Files::isDirectory).toList();
        } catch (NoSuchFileException | DirectoryNotEmptyException gone) {
            return List.of();
        }
    }

    private static List<ProcessHandle> processesIn(Path group) throws IOException {
        return handles(Files.readAllLines(group.resolve("cgroup.procs")));
    }

    private static void removeNamespace(String name) throws IOException {
        if (!Files.exists(Path.of("/run/netns", name))) {
            return;
        }
        handles(Command.run("ip", "netns", "pids", name)).forEach(ProcessHandle::destroyForcibly);
        Command.run("ip", "netns", "delete", name);
    }

    private static List<ProcessHandle> handles(List<String> pids) {
        return pids.stream()
                .map(String::strip)
                .filter(pid -> pid.matches("\\d{1,10}"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .toList();
    }
}
