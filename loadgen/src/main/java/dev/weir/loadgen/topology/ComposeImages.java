package dev.weir.loadgen.topology;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The images that are built from Weir's own sources. */
record ComposeImages(ContainerEngine engine, JsonNode config, Path home) {
    private static final List<String> BUILT = List.of(ComposeHops.GATEWAY, ComposeHops.RENDER);
    private static final List<String> SOURCES =
            List.of("gateway/src/main", "loadgen/src/main", "proxy-config/src/main");

    /** Whether all are there. */
    boolean areThere() {
        return names().allMatch(name -> engine.imageMade(name).isPresent());
    }

    /** One that was made before the sources were last changed, with what to do; empty when all are newer. */
    Optional<String> olderThanSources() {
        Instant changed = newest();
        return names().filter(name -> engine.imageMade(name)
                        .filter(made -> made.isBefore(changed))
                        .isPresent())
                .findFirst()
                .map(name -> "image " + name
                        + " is older than the sources; 'docker compose build' in compose/ makes it anew");
    }

    private Stream<String> names() {
        return BUILT.stream()
                .map(service ->
                        config.path("services").path(service).path("image").asText());
    }

    private Instant newest() {
        return SOURCES.stream()
                .flatMap(folder -> files(home.resolve(folder)).stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** When each file was changed; none of a folder that cannot be read, as in an installation without sources. */
    private static List<Instant> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> Instant.ofEpochMilli(file.toFile().lastModified()))
                    .toList();
        } catch (IOException absent) {
            return List.of();
        }
    }
}
