package dev.weir.gateway;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a user runs it: a process of its own with the flags that ship. */
public final class ChildGateway implements AutoCloseable {
    private final Process process;
    private final Path directory;

    private ChildGateway(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts with ports that the kernel chooses, before the flags given. */
    static ChildGateway start(Path directory, String... flags) throws IOException {
        return start(directory, List.of(), flags);
    }

    /** Starts with more flags for the JVM, behind those that ship. */
    public static ChildGateway start(Path directory, List<String> jvmFlags, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jvm.options").toAbsolutePath()));
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.weir.gateway.Main"));
        command.addAll(List.of(flags));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        return new ChildGateway(process, directory);
    }

    /** Waits for the ready file. */
    public JsonObject ready(Path file) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < endNanos && process.isAlive()) {
            if (Files.exists(file)) {
                return new JsonObject(Files.readString(file));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("not ready: " + log());
    }

    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still runs: " + log());
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
