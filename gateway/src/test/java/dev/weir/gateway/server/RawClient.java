package dev.weir.gateway.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes it is told to, and reads frames one by one. */
public final class RawClient implements AutoCloseable {
    public static final String UPGRADE = """
            GET /connection/websocket HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """.replace("\n", "\r\n");
    private static final int TIMEOUT_MILLIS = 5000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** One frame from the server; its payload in the characters of its bytes. */
    public record Frame(int opcode, String bytes) {
        public String text() {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        public int closeCode() {
            return bytes.charAt(0) << 8 | bytes.charAt(1);
        }
    }

    public RawClient(int port) throws IOException {
        this(port, 0);
    }

    public RawClient(int port, int receiveBufferBytes) throws IOException {
        socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Upgrades and connects. */
    public static RawClient connected(int port) throws IOException {
        RawClient client = upgraded(port);
        client.sendText("{\"id\":1,\"connect\":{}}");
        client.readFrame();
        return client;
    }

    /** Upgrades. */
    public static RawClient upgraded(int port) throws IOException {
        RawClient client = new RawClient(port);
        client.send(UPGRADE);
        String head = client.readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
        return client;
    }

    /** Upgrades, connects and subscribes. */
    public static RawClient subscribed(int port, String channel) throws IOException {
        RawClient client = connected(port);
        client.sendText("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
        client.readFrame();
        return client;
    }

    public void send(String bytes) throws IOException {
        send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void sendText(String text) throws IOException {
        send(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A masked frame of up to 64 KiB. */
    public static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    /** The head of an HTTP answer. */
    public String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    public Frame readFrame() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first & 0x0F, new String(payload, StandardCharsets.ISO_8859_1));
    }

    /** Reads to the end; true when the server ended the socket in order. */
    public boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    /** Reads the rest up to the end of the socket. */
    public String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    public void timeoutMillis(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    /** Goes away without a close handshake. */
    public void vanish() throws IOException {
        socket.close();
    }

    /** Goes away with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends the client's side and reads on. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
