package dev.weir.loadgen.client;

import dev.weir.loadgen.wire.Upgrade;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go, and the request that they send there.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class Endpoint {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final InetSocketAddress address;
    private final byte[] head;
    private final byte[] tail;
    private final String host;
    private final @Nullable SslContext tls;
    private final boolean checksName;

    private Endpoint(
            InetSocketAddress address,
            byte[] head,
            byte[] tail,
            String host,
            @Nullable SslContext tls,
            boolean checksName) {
        this.address = address;
        this.head = head;
        this.tail = tail;
        this.host = host;
        this.tls = tls;
        this.checksName = checksName;
    }

    /**
     * Resolves a target's name; may block.
     *
     * @param target a {@code ws://} or {@code wss://} URI
     * @param headers further request headers, {@code Name: value}
     * @param trust whose certificates are believed
     * @throws UnknownHostException when the name does not resolve
     */
    public static Endpoint resolve(URI target, List<String> headers, TlsTrust trust) throws UnknownHostException {
        boolean isTls = "wss".equalsIgnoreCase(target.getScheme());
        int port = target.getPort() >= 0 ? target.getPort() : isTls ? HTTPS_PORT : HTTP_PORT;
        InetAddress host = InetAddress.getByName(target.getHost());
        String hostPort = target.getPort() < 0 ? target.getHost() : target.getHost() + ":" + port;
        @Nullable String path = target.getRawPath();
        @Nullable String query = target.getRawQuery();
        String pathAndQuery = (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        return new Endpoint(
                new InetSocketAddress(host, port),
                Upgrade.requestHead(hostPort, pathAndQuery),
                Upgrade.requestTail(headers),
                target.getHost(),
                isTls ? trust.context() : null,
                !trust.anyone());
    }

    /**
     * The same socket, or TLS over it with its handshake done.
     *
     * @throws IOException when the handshake fails
     */
    Socket secured(Socket connected) throws IOException {
        if (!(tls instanceof JdkSslContext context)) {
            return connected;
        }
        SSLSocket secured =
                (SSLSocket) context.context().getSocketFactory().createSocket(connected, host, address.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(checksName ? "HTTPS" : null);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** A TLS handler for one connection, which checks the target's name too; empty for plain TCP. */
    Optional<SslHandler> newTls(ByteBufAllocator allocator) {
        return Optional.ofNullable(tls).map(context -> context.newHandler(allocator, host, address.getPort()));
    }

    InetSocketAddress address() {
        return address;
    }

    /** The upgrade request with a key. */
    byte[] request(byte[] key) {
        byte[] request = Arrays.copyOf(head, head.length + key.length + tail.length);
        System.arraycopy(key, 0, request, head.length, key.length);
        System.arraycopy(tail, 0, request, head.length + key.length, tail.length);
        return request;
    }
}
