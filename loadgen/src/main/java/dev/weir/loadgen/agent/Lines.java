package dev.weir.loadgen.agent;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A socket that carries lines of JSON.
 *
 * <p><b>Threading:</b> one reader and one writer at a time. <b>Bounds:</b> until both ends know each other, {@link #GREETING_CHARS_MAX} a line. How long
 * that may take is a matter of who made the socket.
 */
final class Lines implements AutoCloseable {
    private static final int GREETING_CHARS_MAX = 4_096;

    private final Socket socket;
    private final BufferedReader in;
    private final BufferedWriter out;

    /**
     * Of a connected socket.
     *
     * @throws IOException when it is closed, or its TLS handshake fails
     */
    Lines(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
    }

    void say(Object value) throws IOException {
        out.write(AgentJson.write(value));
        out.newLine();
        out.flush();
    }

    /** Says nothing, on a line of its own: asks for the time. */
    void sayNothing() throws IOException {
        out.newLine();
        out.flush();
    }

    /**
     * A line from who may be anybody.
     *
     * @throws IOException when there is none, or it is longer than any that belongs here
     */
    String greeting() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the other end closed the connection");
            }
            if (line.length() >= GREETING_CHARS_MAX) {
                throw new IOException("a line of the greeting must have at most " + GREETING_CHARS_MAX + " characters");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    <T> T hear(Class<T> type) throws IOException {
        return AgentJson.read(greeting(), type);
    }

    BufferedReader in() {
        return in;
    }

    BufferedWriter out() {
        return out;
    }

    PrintStream printer() throws IOException {
        return new PrintStream(socket.getOutputStream(), false, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
