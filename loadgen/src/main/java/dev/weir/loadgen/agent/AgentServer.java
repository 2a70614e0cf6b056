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
 * of which is waited for {@value #GREETING_MILLIS_MAX} ms at a time and {@link Lines#GREETING_SECONDS_MAX} s in all to say who he is.
 */
public final class AgentServer implements AutoCloseable {
    /** Shorter ones can be guessed. */
    public static final int TOKEN_CHARS_MIN = 16;

    private static final String UNPACKED = "development";
    private static final int GREETING_MILLIS_MAX = 10_000;
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

    private final ServerSocket socket;
    private final String version;
    private final byte[] token;
    private final Capacity capacity;
    private final Consumer<String> log;
    private final int silentMillisMax;
    private final Semaphore asking = new Semaphore(ASKING_MAX);
    private final Semaphore leader = new Semaphore(1);

    /**
     * An agent that nobody leads yet.
     *
     * @param socket bound; of TLS where others than this host can reach it
     * @param version of Weir
     * @param token at least {@link #TOKEN_CHARS_MIN} characters
     * @param capacity of this host
     * @param log told who comes and goes
     */
    public AgentServer(ServerSocket socket, String version, String token, Capacity capacity, Consumer<String> log) {
        this(socket, version, token, capacity, log, SILENT_MILLIS_MAX);
    }

    /** The same, with how long who leads may be silent. */
    AgentServer(
            ServerSocket socket,
            String version,
            String token,
            Capacity capacity,
            Consumer<String> log,
            int silentMillisMax) {
        this.socket = socket;
        this.version = version;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.capacity = capacity;
        this.log = log;
        this.silentMillisMax = silentMillisMax;
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

    private void answer(Socket asked) {
        String from = String.valueOf(asked.getRemoteSocketAddress());
        try (asked;
                Lines lines = greeted(asked)) {
            // Who led before may be leaving.
            if (!leader.tryAcquire(LEAVING_SECONDS_MAX, TimeUnit.SECONDS)) {
                refuse(lines, BUSY);
            }
            try {
                lead(asked, lines, from);
            } finally {
                leader.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.accept(from + ": " + e.getMessage());
        } finally {
            asking.release();
        }
    }

    private Lines greeted(Socket asked) throws IOException {
        asked.setSoTimeout(GREETING_MILLIS_MAX);
        Lines lines = new Lines(asked, System::nanoTime);
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

    private void lead(Socket asked, Lines lines, String from) throws IOException {
        lines.say(new Greeting.Welcome(null));
        String line = lines.greeting();
        while (line.isEmpty()) {
            lines.say(new Greeting.Time(System.nanoTime()));
            line = lines.greeting();
        }
        Greeting.Start start = AgentJson.read(line, Greeting.Start.class);
        Optional<String> refusal = capacity.refusal().apply(start.connections());
        if (refusal.isPresent()) {
            refuse(lines, refusal.get());
        }
        AgentShape shape = capacity.shape().apply(start.connections());
        Agent agent = Agents.start(shape, start.seed(), start.aheadNanos()).agent();
        try {
            lines.say(new Greeting.Welcome(null));
            asked.setSoTimeout(silentMillisMax);
            log.accept(from + ": leads up to %,d connections".formatted(start.connections()));
            new OrderDesk(agent, lines.printer()).serve(lines.in());
        } finally {
            close(agent);
            log.accept(from + ": gone");
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
