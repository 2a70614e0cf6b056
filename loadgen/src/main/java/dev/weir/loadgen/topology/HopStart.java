package dev.weir.loadgen.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.loadgen.error.LabException;
import dev.weir.proxy.render.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waiting for a hop to get ready, and what to say when it does not. */
final class HopStart {
    static final int PATIENCE_SECONDS = 30;
    private static final int RESTLESS_SECONDS = 5;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int CONNECT_MILLIS = 500;
    private static final String[] PORT_WORDS = {
        "address already in use", "port in use", "must be free", "cannot bind socket"
    };

    private HopStart() {}

    /** Waits until a process has written a file. */
    static void awaitFile(SupervisedProcess process, Path file) {
        await(process, () -> Files.exists(file));
    }

    /** Waits until a process has written its process id into a file, all of it. */
    static void awaitPid(SupervisedProcess process, Path file) {
        await(process, () -> endsWithLine(file));
    }

    /** Waits until a process accepts. */
    static void awaitPort(SupervisedProcess process, HostPort at) {
        await(process, () -> accepts(at));
    }

    /**
     * Waits until a program that accepts has nothing left to do: nginx listens before its workers have started, and they take their memory first.
     * Two looks in a row see the same processes, all asleep. One that never rests, because its workers are killed as they start, is what it is.
     *
     * @param process that was started
     * @param pid of the program itself
     */
    static void awaitRest(SupervisedProcess process, long pid) {
        AtomicReference<Set<Long>> before = new AtomicReference<>(Set.of());
        long restlessNanos =
                System.nanoTime() + Duration.ofSeconds(RESTLESS_SECONDS).toNanos();
        await(process, () -> {
            Set<Long> asleep = asleep(pid);
            boolean rests = !asleep.isEmpty() && asleep.equals(before.getAndSet(asleep));
            return rests || System.nanoTime() > restlessNanos;
        });
    }

    /** A process and its children; none where one of them is awake. */
    private static Set<Long> asleep(long pid) {
        Set<Long> all = ProcessHandle.of(pid).stream()
                .flatMap(program -> Stream.concat(Stream.of(program), program.children()))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        return all.stream().allMatch(HopStart::isAsleep) ? all : Set.of();
    }

    private static boolean isAsleep(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("S", stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return false;
        }
    }

    /** The process id in a file that a hop wrote: a bare number, or {@code pid} in a JSON object. */
    static long pid(Path file) {
        try {
            JsonNode content = MAPPER.readTree(Files.readString(file));
            return content.isObject() ? content.path("pid").asLong() : content.asLong();
        } catch (IOException e) {
            throw LabException.environment("the pid file must be readable: file=" + file + "; " + e, e);
        }
    }

    private static void await(SupervisedProcess process, BooleanSupplier ready) {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.alive()) {
                throw refused(process);
            }
            if (System.nanoTime() > deadline) {
                throw LabException.environment("%s must be ready within %d s; its last words: %s"
                        .formatted(process.name(), PATIENCE_SECONDS, process.lastOutput()));
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw LabException.environment("interrupted while " + process.name() + " started", e);
            }
        }
    }

    private static RuntimeException refused(SupervisedProcess process) {
        String words = process.lastOutput().strip();
        String lower = words.toLowerCase(Locale.ROOT);
        for (String word : PORT_WORDS) {
            if (lower.contains(word)) {
                return new PortTaken(process.name() + " could not listen: " + words);
            }
        }
        String message = "%s did not start, exit code %d: %s".formatted(process.name(), process.exitCode(), words);
        return process.exitCode() == LabException.Kind.CONFIG.exitCode()
                ? LabException.config(message)
                : LabException.environment(message);
    }

    private static boolean endsWithLine(Path file) {
        try {
            return Files.exists(file) && Files.readString(file).endsWith("\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean accepts(HostPort at) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(at.host(), at.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
