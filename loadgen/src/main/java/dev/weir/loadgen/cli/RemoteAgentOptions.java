package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.AgentServer;
import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.traffic.TrafficPlan;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Agents on other hosts or in containers, as {@code --agents} names them. */
final class RemoteAgentOptions {
    /** Where the secret is taken from when no file is named. */
    static final String TOKEN_VARIABLE = "WEIR_AGENT_TOKEN";

    @Option(
            names = "--agent-token-file",
            paramLabel = "FILE",
            description = "the secret that agents elsewhere know (default: the environment's " + TOKEN_VARIABLE + ")")
    private @Nullable Path tokenFile;

    @Option(
            names = "--agent-ca",
            paramLabel = "FILE",
            description = "PEM file with the certificates of agents elsewhere; needed beyond loopback")
    private @Nullable Path ca;

    /**
     * Asks each to take part; when one does not, none does.
     *
     * @param addresses at least one
     * @param connections over all
     * @param seed what the randomness of their connections comes from
     * @throws LabException of kind USAGE when an address must not be asked without TLS, of kind ENVIRONMENT when one is not there
     */
    List<RemoteAgent> lead(List<RemoteAgent.Address> addresses, int connections, long seed) {
        String token = token(tokenFile, "--agent-token-file");
        List<RemoteAgent> led = new ArrayList<>();
        try {
            for (int i = 0; i < addresses.size(); i++) {
                RemoteAgent.Address address = addresses.get(i);
                int share = TrafficPlan.share(connections, addresses.size(), i);
                led.add(RemoteAgent.lead(address, sockets(address), Version.number(), token, share, seed + i));
            }
            return List.copyOf(led);
        } catch (RuntimeException e) {
            led.forEach(RemoteAgent::close);
            throw e;
        }
    }

    /**
     * Addresses such as {@code a:7070,b:7070}.
     *
     * @throws LabException of kind USAGE
     */
    static List<RemoteAgent.Address> addresses(String key, String text) {
        List<RemoteAgent.Address> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            addresses.add(address(key, part.strip()));
        }
        return List.copyOf(addresses);
    }

    /**
     * One address.
     *
     * @throws LabException of kind USAGE
     */
    static RemoteAgent.Address address(String key, String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port <= 65_535) {
                return new RemoteAgent.Address(text.substring(0, colon), port);
            }
        }
        throw LabException.usage(key + " must be HOST:PORT, port at most 65535: " + key.substring(2) + "=" + text);
    }

    /**
     * The secret, from a file or the environment.
     *
     * @param key the option that names the file
     * @throws LabException of kind USAGE when there is none, or it can be guessed
     */
    static String token(@Nullable Path file, String key) {
        String token;
        try {
            token = file == null
                    ? System.getenv().getOrDefault(TOKEN_VARIABLE, "")
                    : Files.readString(file).strip();
        } catch (IOException e) {
            throw LabException.usage(key + " must be a readable file: file=" + file + "; " + e);
        }
        if (token.length() < AgentServer.TOKEN_CHARS_MIN) {
            throw LabException.usage("the agents' token must have at least " + AgentServer.TOKEN_CHARS_MIN
                    + " characters: characters=" + token.length() + "; give " + key + ", or set " + TOKEN_VARIABLE
                    + ": openssl rand -hex 16 makes one");
        }
        return token;
    }

    /** Whether only this host can reach it. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private RemoteAgent.Sockets sockets(RemoteAgent.Address address) {
        if (ca == null) {
            if (!isLoopback(address.host())) {
                throw LabException.usage("--agent-ca must be given beyond loopback: agent=" + address
                        + "; the token would travel in the clear");
            }
            return Socket::new;
        }
        try {
            SSLContext context = ((JdkSslContext) SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .trustManager(ca.toFile())
                            .build())
                    .context();
            return () -> secured((SSLSocket) context.getSocketFactory().createSocket());
        } catch (SSLException | IllegalArgumentException e) {
            throw LabException.usage("--agent-ca must be a PEM file of certificates: agent-ca=" + ca + "; " + e);
        }
    }

    /** The certificate must be of the host that was asked. */
    private static Socket secured(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }
}
