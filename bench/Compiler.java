import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes the two C programs. A second or so, so it is done on every run. */
final class Compiler {
    private static final List<String> FLAGS = List.of("-O2", "-std=gnu17", "-Wall", "-Wextra", "-Wshadow", "-Werror");

    private Compiler() {}

    /** @return the folder of the programs {@code floor} and {@code probe} */
    static Path compile(Path home) throws IOException, InterruptedException {
        Path bench = home.resolve("bench");
        Path binaries = Files.createDirectories(bench.resolve("bin"));
        compile(binaries.resolve("floor"), List.of(bench.resolve("floor.c")));
        List<Path> sources = new ArrayList<>(List.of(bench.resolve("probe.c")));
        try (Stream<Path> parts = Files.list(bench.resolve("probe"))) {
            parts.filter(file -> file.toString().endsWith(".c")).sorted().forEach(sources::add);
        }
        compile(binaries.resolve("probe"), sources);
        return binaries;
    }

    private static void compile(Path program, List<Path> sources) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cc"));
        command.addAll(FLAGS);
        command.addAll(List.of("-o", program.toString()));
        sources.forEach(source -> command.add(source.toString()));
        try {
            Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(compiler.getInputStream().readAllBytes());
            if (compiler.waitFor() != 0) {
                throw new BenchException(BenchException.ENVIRONMENT, "cc failed on " + sources.getFirst() + ":\n" + output);
            }
        } catch (IOException e) {
            throw new BenchException(
                    BenchException.ENVIRONMENT, "a C compiler must be on the path as cc; Debian, Ubuntu: apt-get install gcc libc6-dev");
        }
    }
}
