package dev.weir.loadgen.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code docker compose} for one project. What its files leave open comes from {@code .env} beside them, from this process's environment, and
 * from what the lab decides, each over the one before.
 *
 * <p><b>Threading:</b> one thread, which it blocks. What is started ends when this process does.
 *
 * @param folder of the compose files
 * @param project its name
 * @param environment what the lab decides, by variable
 */
record ComposeCall(Path folder, String project, Map<String, String> environment) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String FILES = "COMPOSE_FILE";
    private static final String FILE = "compose.yaml";
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    ComposeCall {
        environment = Map.copyOf(environment);
    }

    /**
     * Refuses a docker command without compose.
     *
     * @throws LabException of kind ENVIRONMENT with what to install
     */
    static void check() {
        try {
            String version = output(new ProcessBuilder("docker", "compose", "version", "--short"), SHORT);
            if (version.strip().replaceFirst("^v", "").startsWith("1.")) {
                throw new IOException("version=" + version.strip());
            }
        } catch (IOException e) {
            throw LabException.environment(
                    "docker must have its compose plugin, version 2 or newer: %s; apt-get install docker-compose-v2 (Ubuntu) or docker-compose-plugin (docker.com)"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /**
     * What its files say, every variable put in.
     *
     * @throws LabException of kind CONFIG with compose's words when they cannot be read
     */
    JsonNode config() {
        ProcessBuilder builder = new ProcessBuilder(command(Optional.empty(), List.of("config", "--format", "json")));
        builder.environment().putAll(environment);
        builder.environment().remove(FILES);
        try {
            return MAPPER.readTree(output(builder, SHORT));
        } catch (IOException e) {
            throw LabException.config(
                    "compose must be able to read its files: folder=" + folder + "; " + e.getMessage());
        }
    }

    /**
     * Runs it to its end.
     *
     * @param over a file over the others
     * @param arguments e.g. {@code up --detach}
     * @param log takes its words
     * @param patience how long it may take
     * @return its last words when it failed; empty when it did what it should
     * @throws LabException of kind ENVIRONMENT when it takes longer or a signal has come
     */
    Optional<String> run(Path over, List<String> arguments, Path log, Duration patience) {
        Map<String, String> own = new HashMap<>(environment);
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("WEIR_")) {
                own.putIfAbsent(name, value);
            }
        });
        SupervisedProcess process =
                SupervisedProcess.start("docker compose", command(Optional.of(over), arguments), own, log);
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            while (process.alive() && System.nanoTime() < deadline) {
                Thread.sleep(POLL);
            }
            if (!process.alive()) {
                return process.exitCode() == 0 ? Optional.empty() : Optional.of(process.lastOutput());
            }
            throw LabException.environment("docker compose %s must end within %d s; its last words: %s"
                    .formatted(arguments.getFirst(), patience.toSeconds(), process.lastOutput()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LabException.environment("interrupted while docker compose " + arguments.getFirst() + " ran", e);
        } finally {
            process.terminate();
            process.awaitEnd(Duration.ofSeconds(3));
        }
    }

    private List<String> command(Optional<Path> over, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of("docker", "compose", "--project-name", project, "--project-directory", folder.toString()));
        for (String file : System.getenv().getOrDefault(FILES, FILE).split(":", -1)) {
            command.addAll(List.of("--file", folder.resolve(file).toString()));
        }
        over.ifPresent(file -> command.addAll(List.of("--file", file.toString())));
        command.addAll(arguments);
        return command;
    }

    /**
     * What a short command prints. It prints into a file: whoever reads a pipe waits for as long as somebody holds its other end.
     *
     * @throws IOException with its complaint when it does not end well, or not in time
     */
    static String output(ProcessBuilder builder, Duration patience) throws IOException {
        Path words = Files.createTempFile("weir-compose", ".out");
        Path complaint = Files.createTempFile("weir-compose", ".txt");
        try {
            Process process = builder.redirectOutput(words.toFile())
                    .redirectError(complaint.toFile())
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException(builder.command().getFirst() + " did not end within " + patience.toMillis()
                            + " ms: " + text(complaint).strip());
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new IOException(text(complaint).strip());
            }
            return text(words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(words);
            Files.deleteIfExists(complaint);
        }
    }

    /** As it can be read: one that was ended may have stopped in the middle of a letter. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
