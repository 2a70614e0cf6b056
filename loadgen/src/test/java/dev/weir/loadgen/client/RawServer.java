package dev.weir.loadgen.client;

import dev.weir.loadgen.wire.Upgrade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server with a socket in hand: it answers as a test wants, byte by byte, and ends connections as a test wants. */
public final class RawServer implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)");

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Behaviour behaviour;

    /** What is done with a connection once its request has been read. */
    public interface Behaviour {
        void serve(Socket socket, String request) throws IOException;
    }

    public RawServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            listener = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers each request with the same text and ends. */
    public static RawServer answering(String answer) {
        return new RawServer((socket, request) -> {
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            socket.close();
        });
    }

    /** Where clients connect. */
    public URI target() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    /** The 101 that a request deserves. */
    public static byte[] switching(String request) {
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new AssertionError(request);
        }
        String answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Upgrade.accept(key.group(1)) + "\r\n\r\n";
        return answer.getBytes(StandardCharsets.US_ASCII);
    }

    /** All that are connected. */
    public List<Socket> sockets() {
        return List.copyOf(sockets);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            InputStream input = socket.getInputStream();
            while (!request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                int next = input.read();
                if (next < 0) {
                    return;
                }
                request.write(next);
            }
            behaviour.serve(socket, request.toString(StandardCharsets.US_ASCII));
        } catch (IOException ended) {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
