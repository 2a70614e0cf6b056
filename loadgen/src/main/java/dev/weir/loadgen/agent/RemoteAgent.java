package dev.weir.loadgen.agent;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.measure.ClockOffset;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An agent on another host, or in a container: an {@link AgentServer} that this process leads.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one line an order; one that says nothing for {@value #SILENT_MILLIS_MAX} ms is gone.
 */
public final class RemoteAgent extends LineAgent {
    private static final int CONNECT_MILLIS_MAX = 5_000;
    private static final int CLOCK_QUESTIONS = 20;
    /** Longer than any step of a load is waited for, in which nothing is asked. Whose host vanished never closes the line. */
    private static final int SILENT_MILLIS_MAX = 120_000;

    private final String address;
    private final ClockOffset clock;
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();

    private RemoteAgent(String address, Lines lines, ClockOffset clock) {
        super(lines.out(), lines::close);
        this.address = address;
        this.clock = clock;
    }

    /**
     * Where an agent listens, and how it is asked.
     *
     * @param host its name or address
     * @param port its port
     */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Makes sockets that are connected to nothing yet. */
    public interface Sockets {
        /** One of them. */
        Socket create() throws IOException;
    }

    /**
     * Asks an agent to take part.
     *
     * @param sockets plain, or TLS with the certificates that are believed
     * @param version of Weir
     * @param token the secret that both know
     * @param connections its share
     * @param seed what its randomness comes from
     * @throws LabException of kind ENVIRONMENT when it is not there or refuses
     */
    public static RemoteAgent lead(
            Address address, Sockets sockets, String version, String token, int connections, long seed) {
        return lead(
                address,
                sockets,
                new Greeting.Hello(version, token),
                clock -> new Greeting.Start(connections, seed, clock.nanos()),
                SILENT_MILLIS_MAX);
    }

    /** The same, with how long it may be silent. */
    @SuppressWarnings("resource") // The agent that is returned owns the line; every other way out closes it.
    static RemoteAgent lead(
            Address address,
            Sockets sockets,
            Greeting.Hello hello,
            Function<ClockOffset, Greeting.Start> start,
            int silentMillisMax) {
        @Nullable Socket socket = null;
        try {
            socket = connected(address, sockets);
            socket.setSoTimeout(CONNECT_MILLIS_MAX);
            Lines lines = new Lines(socket);
            lines.say(hello);
            welcomed(address, lines);
            ClockOffset clock = ClockOffset.measure(CLOCK_QUESTIONS, System::nanoTime, () -> {
                lines.sayNothing();
                return lines.hear(Greeting.Time.class).nanos();
            });
            lines.say(start.apply(clock));
            welcomed(address, lines);
            socket.setSoTimeout(silentMillisMax);
            RemoteAgent agent = new RemoteAgent(address.toString(), lines, clock);
            Thread.ofVirtual().name("agent-answers").start(() -> agent.readAnswers(lines.in()));
            socket = null;
            return agent;
        } catch (IOException e) {
            throw LabException.environment(
                    "agent must be there: agent=" + address + "; " + e.getMessage() + "; start it with 'weir agent'",
                    e);
        } finally {
            closeQuietly(socket);
        }
    }

    private static Socket connected(Address address, Sockets sockets) throws IOException {
        Socket socket = sockets.create();
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS_MAX);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void welcomed(Address address, Lines lines) throws IOException {
        Greeting.Welcome welcome = lines.hear(Greeting.Welcome.class);
        if (welcome.refusal() != null) {
            throw LabException.environment("agent " + address + " refuses: " + welcome.refusal());
        }
    }

    private static void closeQuietly(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed all the same.
            }
        }
    }

    /** Counted here too, so that whoever reads the record can add up the agents. */
    @Override
    public Future<Tally> tally() {
        return super.tally().map(tally -> {
            opened.addAndGet(tally.opened());
            for (Cohort cohort : Cohort.values()) {
                delivered.addAndGet(tally.deliveries(cohort).delivered());
            }
            return tally;
        });
    }

    @Override
    public Future<Void> settle(Map<String, Sent> sent, long waitMillis) {
        Map<String, Sent> there = sent.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, room -> room.getValue().seenFrom(clock)));
        return super.settle(there, waitMillis);
    }

    /** What it came to. Asks for the time once more, since two clocks do not run equally fast: blocks for as long as that takes. */
    public Report report() {
        boolean isLost = isLost();
        ClockOffset known = isLost ? clock : clockSince();
        return new Report(address, isLost, opened.get(), delivered.get(), known.nanos(), known.withinNanos());
    }

    private ClockOffset clockSince() {
        try {
            return clock.until(ClockOffset.measure(CLOCK_QUESTIONS, System::nanoTime, this::askTime));
        } catch (IOException e) {
            return clock;
        }
    }

    private long askTime() throws IOException {
        try {
            AgentAnswer answer =
                    time().toCompletionStage().toCompletableFuture().get(CONNECT_MILLIS_MAX, TimeUnit.MILLISECONDS);
            if (answer.equals(AgentAnswer.GONE)) {
                throw new IOException("the agent is gone");
            }
            return answer.nanos();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /**
     * One agent's part of a load.
     *
     * @param agent where it listens
     * @param isLost whether it was gone, or fell silent, before the end
     * @param opened connections
     * @param delivered messages
     * @param clockAheadNanos how far its clock is ahead of this host's
     * @param clockWithinNanos how wrong that was at most, before or after the load, and with it every latency that it measured
     */
    public record Report(
            String agent, boolean isLost, long opened, long delivered, long clockAheadNanos, long clockWithinNanos) {}
}
