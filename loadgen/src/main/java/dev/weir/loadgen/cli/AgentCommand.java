package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.AgentServer;
import dev.weir.loadgen.agent.AgentShape;
import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.doctor.Preflight;
import dev.weir.loadgen.doctor.ThisHost;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.run.Interruption;
import dev.weir.proxy.HostReader;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds connections for who leads a load from elsewhere. */
@Command(
        name = "agent",
        description = "Wait for a load that is led from elsewhere: 'weir load --agents HOST:PORT,...'.",
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7070",
            description = "where who leads asks (default: ${DEFAULT-VALUE}); beyond loopback with TLS only")
    private String listen = "127.0.0.1:7070";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the secret that who leads must know (default: the environment's "
                    + RemoteAgentOptions.TOKEN_VARIABLE + ")")
    private @Nullable Path tokenFile;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM file with the certificate of this host")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file with its key, PKCS #8")
    private @Nullable Path key;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        RemoteAgent.Address at = RemoteAgentOptions.address("--listen", listen);
        String token = RemoteAgentOptions.token(tokenFile, "--token-file");
        AgentServer.Securing securing = securing(at);
        try (ServerSocket socket = bound(at);
                AgentServer server =
                        new AgentServer(socket, securing, Version.number(), token, capacity(), line -> say(out, line));
                Interruption interruption = new Interruption()) {
            say(out, "agent listens at " + at.host() + ":" + socket.getLocalPort());
            return hold(server, interruption);
        }
    }

    /** Until a signal comes; what is led then ends with this process. */
    private static int hold(AgentServer server, Interruption interruption) {
        FutureTask<Void> serving = new FutureTask<>(() -> {
            server.serve();
            return null;
        });
        Thread.ofVirtual().name("agent").start(serving);
        try {
            serving.get();
            return ExitCodes.OK;
        } catch (ExecutionException e) {
            throw LabException.environment("the agent's socket must accept: " + e.getCause(), e);
        } catch (InterruptedException e) {
            return interruption.requested() ? ExitCodes.OK : ExitCodes.INTERRUPTED;
        }
    }

    private static synchronized void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static AgentServer.Capacity capacity() {
        return new AgentServer.Capacity(
                AgentCommand::refusal, connections -> AgentShape.of(connections, HostReader.limits()));
    }

    private static Optional<String> refusal(int connections) {
        try {
            Preflight.check(
                    Load.of(connections, List.of(new Station.Agents(0, 1), new Station.Target(1))),
                    ThisHost.facts(),
                    false);
            return Optional.empty();
        } catch (LabException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static ServerSocket bound(RemoteAgent.Address at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(at.host(), at.port()));
            return socket;
        } catch (IOException e) {
            throw LabException.environment("--listen must be free: listen=" + at + "; " + e.getMessage(), e);
        }
    }

    private AgentServer.Securing securing(RemoteAgent.Address at) {
        Path crt = certificate;
        Path pem = key;
        try {
            if (crt != null && pem != null) {
                SSLSocketFactory tls = ((JdkSslContext) SslContextBuilder.forServer(crt.toFile(), pem.toFile())
                                .sslProvider(SslProvider.JDK)
                                .build())
                        .context()
                        .getSocketFactory();
                return raw -> tls.createSocket(raw, null, true);
            }
            if (crt != null || pem != null) {
                throw LabException.usage(
                        "--tls-cert and --tls-key must be given together: tls-cert=" + crt + " tls-key=" + pem);
            }
            if (!RemoteAgentOptions.isLoopback(at.host())) {
                throw LabException.usage("--listen must be a loopback address, or have TLS: listen=" + at
                        + "; give --tls-cert and --tls-key");
            }
            return AgentServer.Securing.NONE;
        } catch (IOException | IllegalArgumentException e) {
            throw LabException.usage("--tls-cert and --tls-key must be PEM files that belong together: tls-cert=" + crt
                    + " tls-key=" + pem + "; " + e);
        }
    }
}
