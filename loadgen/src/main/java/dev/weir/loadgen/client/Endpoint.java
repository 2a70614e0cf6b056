package dev.weir.loadgen.client;

import dev.weir.loadgen.wire.Upgrade;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go, and the request that they send there.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class Endpoint {
    private static final int HTTP_PORT = 80;

    private final InetSocketAddress address;
    private final byte[] head;
    private final byte[] tail;

    private Endpoint(InetSocketAddress address, byte[] head, byte[] tail) {
        this.address = address;
        this.head = head;
        this.tail = tail;
    }

    /**
     * Resolves a target's name; may block.
     *
     * @param target a {@code ws://} URI
     * @param headers further request headers, {@code Name: value}
     * @throws UnknownHostException when the name does not resolve
     */
    public static Endpoint resolve(URI target, List<String> headers) throws UnknownHostException {
        int port = target.getPort() < 0 ? HTTP_PORT : target.getPort();
        InetAddress host = InetAddress.getByName(target.getHost());
        String hostPort = target.getPort() < 0 ? target.getHost() : target.getHost() + ":" + port;
        @Nullable String path = target.getRawPath();
        @Nullable String query = target.getRawQuery();
        String pathAndQuery = (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        return new Endpoint(
                new InetSocketAddress(host, port),
                Upgrade.requestHead(hostPort, pathAndQuery),
                Upgrade.requestTail(headers));
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
