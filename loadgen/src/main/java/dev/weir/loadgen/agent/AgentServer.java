package dev.weir.loadgen.agent;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Waits for somebody to lead an agent of this host: one at a time, who knows the token. When the connection ends, or nothing comes on it for
 * {@value #SILENT_MILLIS_MAX} ms, the agent's connections end too, and the next may come.
 *
 * <p><b>Threading:</b> {@link #serve} blocks its thread; a virtual thread for each who asks. <b>Bounds:</b> {@value #ASKING_MAX} who ask at once, each
 * of which has {@value #GREETING_MILLIS_MAX} ms in all, a TLS handshake included, to say who he is and what he wants.
 */
public final class AgentServer implements AutoCloseable {
    /** Shorter ones can be guessed. */
    public static final int TOKEN_CHARS_MIN = 16;

    private static final String UNPACKED = "development";
    private static final int GREETING_MILLIS_MAX = 30_000;
    private static final int ASKING_MAX = 16;
    /** Who leads asks every second. Whose host vanished never closes the line. */
    private static final int SILENT_MILLIS_MAX = 300_000;

    private static final int CLOSE_SECONDS = 10;
    private static final int LEAVING_SECONDS_MAX = 3;
    private static final String BUSY = "the agent must be free: somebody else leads it";

    /**
     * What this host can hold.
     *
     * @param refusal why it cannot hold so many connections; empty when it can
     * @param shape how it holds them
     */
    public record Capacity(IntFunction<Optional<String>> refusal, IntFunction<AgentShape> shape) {}

    /** What is said over a connection that was accepted. */
    public interface Securing {
        /** In the clear. */
        Securing NONE = raw -> raw;

        /**
         * TLS over a connection, or the same connection. Nothing is read yet.
         *
         * @param raw closed with what is returned
         */
        Socket over(Socket raw) throws IOException;
    }

    /**
     * How long others are waited for.
     *
     * @param greetingMillis until they have said who they are and what they want, in all
     * @param silentMillis between the orders of who leads
     */
    record Patience(int greetingMillis, int silentMillis) {}

    private final ServerSocket socket;
    private final Securing securing;
    private final String version;
    private final byte[] token;
    private final Capacity capacity;
    private final Consumer<String> log;
    private final Patience patience;
    private final Semaphore asking = new Semaphore(ASKING_MAX);
    private final Semaphore leader = new Semaphore(1);

    /**
     * An agent that nobody leads yet.
     *
     * @param socket bound; plain
     * @param securing TLS where others than this host can reach it
     * @param version of Weir
     * @param token at least {@link #TOKEN_CHARS_MIN} characters
     * @param capacity of this host
     * @param log told who comes and goes
     */
    public AgentServer(
            ServerSocket socket,
            Securing securing,
            String version,
            String token,
            Capacity capacity,
            Consumer<String> log) {
        this(socket, securing, version, token, capacity, log, new Patience(GREETING_MILLIS_MAX, SILENT_MILLIS_MAX));
    }

    /** The same, with how long others are waited for. */
    AgentServer(
            ServerSocket socket,
            Securing securing,
            String version,
            String token,
            Capacity capacity,
            Consumer<String> log,
            Patience patience) {
        this.socket = socket;
        this.securing = securing;
        this.version = version;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.capacity = capacity;
        this.log = log;
        this.patience = patience;
    }

    /**
     * Serves until it is closed.
     *
     * @throws IOException when the socket cannot accept any more
     */
    public void serve() throws IOException {
        while (!socket.isClosed()) {
            Socket asked;
            try {
                asked = socket.accept();
            } catch (SocketException e) {
                if (socket.isClosed()) {
                    return;
                }
                throw e;
            }
            if (asking.tryAcquire()) {
                Thread.ofVirtual().name("agent-leader").start(() -> answer(asked));
            } else {
                asked.close();
            }
        }
    }

    private void answer(Socket raw) {
        String from = String.valueOf(raw.getRemoteSocketAddress());
        Thread watchdog = Thread.ofVirtual().name("agent-watchdog").start(() -> closeUnlessGreeted(raw, from));
        try (raw;
                Socket asked = securing.over(raw);
                Lines lines = greeted(asked)) {
            // Who led before may be leaving.
            if (!leader.tryAcquire(LEAVING_SECONDS_MAX, TimeUnit.SECONDS)) {
                refuse(lines, BUSY);
            }
            try {
                lead(asked, lines, from, watchdog);
            } finally {
                leader.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.accept(from + ": " + e.getMessage());
        } finally {
            watchdog.interrupt();
            asking.release();
        }
    }

    /** A time-out of reading starts afresh with each letter, and a handshake is many reads: only this ends who sends one now and then. */
    private void closeUnlessGreeted(Socket raw, String from) {
        try {
            Thread.sleep(patience.greetingMillis());
            log.accept(from + ": the greeting must end within " + patience.greetingMillis() + " ms");
            raw.close();
        } catch (InterruptedException e) {
            // Greeted, or gone.
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    private Lines greeted(Socket asked) throws IOException {
        Lines lines = new Lines(asked);
        Greeting.Hello hello = lines.hear(Greeting.Hello.class);
        if (!MessageDigest.isEqual(token, hello.token().getBytes(StandardCharsets.UTF_8))) {
            refuse(lines, "token must be the agent's; give both the same --token-file");
        }
        if (!isSame(hello.version())) {
            refuse(lines, "version must be the agent's: version=" + hello.version() + " agent=" + version);
        }
        return lines;
    }

    /** What was never packed has no version to compare. */
    private boolean isSame(String other) {
        return other.equals(version) || other.equals(UNPACKED) || version.equals(UNPACKED);
    }

    private static void refuse(Lines lines, String refusal) throws IOException {
        lines.say(new Greeting.Welcome(refusal));
        throw new IOException("refused: " + refusal);
    }

    private void lead(Socket asked, Lines lines, String from, Thread watchdog) throws IOException {
        lines.say(new Greeting.Welcome(null));
        String line = lines.greeting();
        while (line.isEmpty()) {
            lines.say(new Greeting.Time(System.nanoTime()));
            line = lines.greeting();
        }
        Greeting.Start start = AgentJson.read(line, Greeting.Start.class);
        watchdog.interrupt();
        Optional<String> refusal = capacity.refusal().apply(start.connections());
        if (refusal.isPresent()) {
            refuse(lines, refusal.get());
        }
        AgentShape shape = capacity.shape().apply(start.connections());
        Agent agent = Agents.start(shape, start.seed(), start.aheadNanos()).agent();
        try {
            lines.say(new Greeting.Welcome(null));
            asked.setSoTimeout(patience.silentMillis());
            log.accept(from + ": leads up to %,d connections".formatted(start.connections()));
            new OrderDesk(agent, lines.printer()).serve(lines.in());
        } finally {
            try {
                close(agent);
            } finally {
                log.accept(from + ": gone");
            }
        }
    }

    private static void close(Agent agent) {
        agent.close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
    }

    /** Stops listening; who leads now goes on until the process ends. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
