package dev.weir.proxy;

import dev.weir.proxy.error.ProxyConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the golden files are, and how one is run. */
final class Goldens {

    static final Path SHIPPED = Path.of("").toAbsolutePath();
    static final Path RUN_DIR = Path.of("/run/weir/hop");
    private static final Path FOLDER = SHIPPED.resolve("src/test/resources/golden");

    private Goldens() {}

    static List<Path> files() throws IOException {
        try (var list = Files.list(FOLDER)) {
            return list.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    static GoldenCase read(Path file) throws IOException {
        return GoldenCase.parse(Files.readString(file).split(GoldenCase.SEPARATOR, 2)[0]);
    }

    /** The rendered text, or the kind and the problems of the error. */
    static String run(GoldenCase golden, Path scratch) throws IOException {
        try {
            return ProxyConfig.at(golden.folder(SHIPPED, scratch))
                    .render(golden.request(RUN_DIR))
                    .text();
        } catch (ProxyConfigException e) {
            return "error " + e.kind() + "\n" + String.join("\n", e.problems()) + "\n";
        }
    }
}
