package dev.weir.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks for a WebSocket and then speaks bytes. */
final class RawUpgradeClient implements AutoCloseable {

    private static final String REQUEST = """
            GET /connection/websocket HTTP/1.1
            Host: weir.test:PORT
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            X-Forwarded-For: 203.0.113.9

            """;

    private final Socket socket;
    private final String response;

    private RawUpgradeClient(Socket socket, String response) {
        this.socket = socket;
        this.response = response;
    }

    static RawUpgradeClient connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        var request = REQUEST.replace("PORT", Integer.toString(port)).replace("\n", "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new RawUpgradeClient(socket, readHead(socket.getInputStream()));
    }

    /** Reads up to and with the empty line. */
    static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    String response() {
        return response;
    }

    byte[] echo(byte[] bytes) throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // Seen by the reader as the end of the stream.
                Thread.currentThread().interrupt();
            }
        });
        return socket.getInputStream().readNBytes(bytes.length);
    }

    /** Milliseconds until the peer closes. */
    long millisToClose() throws IOException {
        var begin = System.nanoTime();
        if (socket.getInputStream().read() >= 0) {
            throw new IOException("peer must be silent");
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
