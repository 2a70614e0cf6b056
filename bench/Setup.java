import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts what is measured, on free ports of loopback.
 *
 * @param binaries folder of the compiled C programs
 */
record Setup(Options options, Path binaries) {
    /**
     * The do-nothing server, the gateway as it ships, the gateway on one loop like the do-nothing server, and the other server.
     *
     * <p>The one loop is left out where the command line or the machine has no other number of them.
     */
    Lineup startLineup() throws IOException, InterruptedException {
        List<Server> servers = new ArrayList<>();
        try {
            servers.add(startFloor(List.of()));
            servers.add(startGateway("", List.of()));
            if (options.gatewayFlag("--loops").isEmpty() && Runtime.getRuntime().availableProcessors() > 1) {
                servers.add(startGateway("", List.of("--loops", "1")));
            }
            options.other().ifPresent(other -> servers.add(other.server()));
            return new Lineup(this, List.copyOf(servers));
        } catch (Throwable e) {
            servers.forEach(Server::close);
            throw e;
        }
    }

    /** The do-nothing server, pinging as often as the gateway, the gateway, and the other server. */
    Lineup startIdleLineup() throws IOException, InterruptedException {
        Server floor = startFloor(List.of("--ping", Integer.toString(options.heartbeatSeconds())));
        try {
            Server gateway = startGateway("", List.of());
            return new Lineup(this, Stream.concat(Stream.of(floor, gateway), options.other().map(Other::server).stream()).toList());
        } catch (Throwable e) {
            floor.close();
            throw e;
        }
    }

    Server startFloor(List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(binaries.resolve("floor").toString()));
        command.addAll(flags);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread hook = Children.killAtExit(process);
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null || !line.startsWith("listening ")) {
            Children.kill(process, hook);
            throw new BenchException(BenchException.ENVIRONMENT, "the do-nothing server did not start");
        }
        return new Server(
                new Server.Identity("do-nothing server", Server.Kind.FLOOR, ""),
                List.of(process.pid()),
                List.of("--ports", line.substring("listening ".length()).replace(' ', ',')),
                () -> Children.kill(process, hook));
    }

    /**
     * @param name as the result shows it; empty for one that says transport and loops
     * @param flags more flags, before those of the command line
     */
    Server startGateway(String name, List<String> flags) throws IOException, InterruptedException {
        return new Gateway(options, flags).start(name);
    }
}
