import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway by the flags that ship, as {@code ./weir gateway} starts it.
 *
 * @param flags more flags, before those of the command line
 */
record Gateway(Options options, List<String> flags) {
    private static final int START_SECONDS_MAX = 30;

    /** The line that says it all is logged a moment after the ready file is there. */
    private static final int READY_LINE_SECONDS_MAX = 2;

    private static final String API_KEY = "bench";
    private static final String CHANNEL = "bench";

    /** The connect and the subscribe command in one text frame. */
    private static final String HELLO = "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + CHANNEL + "\"}}";

    private static final String SUBSCRIBED = "\"id\":2,\"subscribe\"";

    Server start(String name) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("weir-bench");
        Path ready = folder.resolve("ready.json");
        Path log = folder.resolve("gateway.log");
        // For an end in the middle of the start; in reverse order, so the folder is empty when its turn comes.
        List.of(folder, ready, log).forEach(path -> path.toFile().deleteOnExit());
        Process process = new ProcessBuilder(command(ready)).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Thread hook = Children.killAtExit(process);
        try {
            String facts = awaitReady(process, ready, log);
            String transport = awaitFact("transport", ready, log);
            String loops = awaitFact("loops", ready, log);
            String full = "gateway, " + transport + ", " + loops + (loops.equals("1") ? " loop" : " loops");
            Server.Identity identity = new Server.Identity(name.isEmpty() ? full : name, Server.Kind.GATEWAY, transport);
            return new Server(identity, List.of(process.pid()), probeFlags(facts), () -> Children.kill(process, hook));
        } catch (Throwable e) {
            Children.kill(process, hook);
            throw e;
        } finally {
            // The process keeps its log open and writes on; nobody needs the names any more.
            Files.deleteIfExists(ready);
            Files.deleteIfExists(log);
            Files.delete(folder);
        }
    }

    private List<String> command(Path ready) throws IOException {
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
            String path = jars.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().collect(Collectors.joining(":", jar + ":", ""));
            command.addAll(List.of("-Dweir.home=" + home, "-cp", path));
        }
        command.addAll(List.of("dev.weir.gateway.Main", "--insecure", "--host", "127.0.0.1", "--port", "0", "--api-port", "0"));
        command.addAll(List.of("--api-key", API_KEY, "--ready-file", ready.toString()));
        command.addAll(List.of("--ping-interval", options.heartbeatSeconds() + "s"));
        if (options.connections() > Machine.connectionsOfOneTable() && options.gatewayFlag("--max-connections").isEmpty()) {
            command.addAll(List.of("--max-connections", Integer.toString(options.connections())));
        }
        command.addAll(flags);
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
        throw new BenchException(BenchException.ENVIRONMENT, "the gateway did not start:\n" + Files.readString(log));
    }

    /** From the ready file, or from the line that the gateway logs when it is ready: {@code ready: ... loops=2 transport=epoll}. */
    private static String awaitFact(String name, Path ready, Path log) throws IOException, InterruptedException {
        Pattern fact = Pattern.compile("(?:\"%1$s\"\\s*:\\s*\"?|\\bready: .*\\b%1$s=)([a-z0-9_]+)".formatted(name));
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_LINE_SECONDS_MAX);
        while (System.nanoTime() < limit) {
            for (Path file : List.of(ready, log)) {
                Optional<String> value = fact.matcher(Files.readString(file)).results().map(found -> found.group(1)).findFirst();
                if (value.isPresent()) {
                    return value.get();
                }
            }
            Thread.sleep(20);
        }
        throw new BenchException(
                BenchException.ENVIRONMENT, "the gateway must say its " + name + " in the ready file or the log:\n" + Files.readString(log));
    }

    private static List<String> probeFlags(String facts) {
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
