import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts what is measured, on free ports of loopback.
 *
 * @param binaries folder of the compiled C programs
 */
record Setup(Options options, Path binaries) {
    private static final int START_SECONDS_MAX = 30;
    private static final String API_KEY = "bench";
    private static final String CHANNEL = "bench";

    /** The connect and the subscribe command in one text frame. */
    private static final String HELLO = "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + CHANNEL + "\"}}";

    private static final String SUBSCRIBED = "\"id\":2,\"subscribe\"";

    Server startFloor() throws IOException {
        Process process = new ProcessBuilder(binaries.resolve("floor").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread hook = Children.killAtExit(process);
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        Children.forget(hook);
        if (line == null || !line.startsWith("listening ")) {
            throw new BenchException(BenchException.ENVIRONMENT, "the do-nothing server did not start");
        }
        return new Server("floor", process, List.of("--ports", line.substring("listening ".length())));
    }

    Server startGateway() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("weir-bench");
        Path ready = folder.resolve("ready.json");
        Path log = folder.resolve("gateway.log");
        // For an end in the middle of the start; in reverse order, so the folder is empty when its turn comes.
        List.of(folder, ready, log).forEach(path -> path.toFile().deleteOnExit());
        try {
            Process process = new ProcessBuilder(gatewayCommand(ready))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Thread hook = Children.killAtExit(process);
            String facts = awaitReady(process, ready, log);
            Children.forget(hook);
            return new Server("gateway", process, gatewayProbeFlags(facts));
        } finally {
            // The process keeps its log open and writes on; nobody needs the names any more.
            Files.deleteIfExists(ready);
            Files.deleteIfExists(log);
            Files.delete(folder);
        }
    }

    /** The command line of {@code ./weir gateway}: the flags that ship, and the class cache when there is one. */
    private List<String> gatewayCommand(Path ready) throws IOException {
        Path home = options.home();
        Path jar = home.resolve("gateway/target/gateway.jar");
        Path libraries = home.resolve("gateway/target/lib");
        if (!Files.isReadable(jar) || !Files.isDirectory(libraries)) {
            throw new BenchException(BenchException.ENVIRONMENT, "the gateway must be built: jar=" + jar + "; run ./weir --version");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + home.resolve("gateway/jvm.options"));
        Path cache = home.resolve("target/gateway.aot");
        if (Files.isReadable(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(options.jvm());
        try (Stream<Path> jars = Files.list(libraries)) {
            String path = jars.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().reduce(jar.toString(), (all, next) -> all + ":" + next);
            command.addAll(List.of("-Dweir.home=" + home, "-cp", path));
        }
        command.addAll(List.of("dev.weir.gateway.Main", "--insecure", "--host", "127.0.0.1", "--port", "0", "--api-port", "0"));
        command.addAll(List.of("--api-key", API_KEY, "--ready-file", ready.toString()));
        command.addAll(options.gateway());
        return command;
    }

    private static String awaitReady(Process process, Path ready, Path log) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (process.isAlive() && System.nanoTime() < limit) {
            String facts = Files.exists(ready) ? Files.readString(ready) : "";
            if (facts.contains("}")) {
                return facts;
            }
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        throw new BenchException(BenchException.ENVIRONMENT, "the gateway did not start:\n" + Files.readString(log));
    }

    private static List<String> gatewayProbeFlags(String facts) {
        return List.of(
                "--ports", find(facts, "\"ports\"\\s*:\\s*\\[([0-9, ]+)]").replace(" ", ""),
                "--path", "/connection/websocket",
                "--hello", HELLO,
                "--ready", SUBSCRIBED,
                "--publish-port", find(facts, "\"apiPort\"\\s*:\\s*([0-9]+)"),
                "--publish-path", "/api/publish",
                "--header", "X-API-Key: " + API_KEY,
                "--body", "{\"channel\":\"" + CHANNEL + "\",\"data\":\"%m\"}");
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new BenchException(BenchException.ENVIRONMENT, "the gateway's ready file must match " + pattern + ": " + text);
        }
        return matcher.group(1);
    }
}
