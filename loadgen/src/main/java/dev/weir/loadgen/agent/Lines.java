package dev.weir.loadgen.agent;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A socket that carries lines of JSON.
 *
 * <p><b>Threading:</b> one reader and one writer at a time. <b>Bounds:</b> until both ends know each other, {@link #GREETING_CHARS_MAX} a line and
 * {@link #GREETING_SECONDS_MAX} in all: whoever sends a letter now and then is not waited for.
 */
final class Lines implements AutoCloseable {
    private static final int GREETING_CHARS_MAX = 4_096;
    static final int GREETING_SECONDS_MAX = 30;

    private final Socket socket;
    private final BufferedReader in;
    private final BufferedWriter out;
    private final LongSupplier clock;
    private final long greetedBeforeNanos;

    /**
     * Of a connected socket.
     *
     * @param clock {@code System.nanoTime}
     * @throws IOException when it is closed, or its TLS handshake fails
     */
    Lines(Socket socket, LongSupplier clock) throws IOException {
        this.socket = socket;
        this.clock = clock;
        this.greetedBeforeNanos = clock.getAsLong() + TimeUnit.SECONDS.toNanos(GREETING_SECONDS_MAX);
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
     * @throws IOException when there is none in time, or it is longer than any that belongs here
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
            if (clock.getAsLong() - greetedBeforeNanos > 0) {
                throw new IOException("the greeting must end within " + GREETING_SECONDS_MAX + " s");
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
