package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Threshold;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.traffic.Mix;
import java.time.Duration;
import java.util.Map;

/** One step of a run; each is a phase in the record, under its name. */
public sealed interface Step {
    /** Name of the phase. */
    String name();

    /**
     * Connections are opened and subscribed.
     *
     * @param ratePerSecond arrivals a second; 0 means as fast as the chain takes them
     * @param connections how many; 0 for all that the plan has
     */
    record Ramp(String name, double ratePerSecond, int connections) implements Step {
        /** All of them. */
        public Ramp(String name, double ratePerSecond) {
            this(name, ratePerSecond, 0);
        }
    }

    /**
     * A share of the connections stops reading, or reads at a rate, from here on.
     *
     * @param stalledShare 0 to 1
     * @param throttledShare 0 to 1
     * @param throttledBytesPerSecond of each throttled connection
     */
    record Readers(String name, double stalledShare, double throttledShare, long throttledBytesPerSecond)
            implements Step {}

    /**
     * Messages into one room, then a wait for what is owed.
     *
     * @param room the room
     * @param messages how many
     * @param payloadBytes of each
     * @param ratePerSecond messages a second; 0 sends each when all have the one before, so that no more than one is unread anywhere
     * @param settle how long stragglers may take; at a rate of 0 how long each message may take
     * @param churnPerSecond connections a second that are gone and come back meanwhile, whose connects are measured
     */
    record Broadcast(
            String name,
            String room,
            int messages,
            int payloadBytes,
            double ratePerSecond,
            Duration settle,
            int churnPerSecond)
            implements Step {
        /** Without churn. */
        Broadcast(String name, String room, int messages, int payloadBytes, double ratePerSecond, Duration settle) {
            this(name, room, messages, payloadBytes, ratePerSecond, settle, 0);
        }
    }

    /**
     * A broadcast of which it is measured what it costs each hop.
     *
     * @param room the room
     * @param messages how many
     * @param payloadBytes of each
     * @param ratePerSecond messages a second, above 0; more than the chain takes shows what it takes
     * @param settle how long stragglers may take
     */
    record Stream(String name, String room, int messages, int payloadBytes, double ratePerSecond, Duration settle)
            implements Step {}

    /**
     * A share of the connections is gone at once and comes back, while messages into one room tell how the API answers.
     *
     * @param share 0 to 1
     * @param room takes the messages
     * @param messagesPerSecond into that room
     * @param watched how long the messages go on
     * @param away how long none of them tries to come back; zero when they do at once
     * @param back how long the connections may then take to be back
     */
    record Leave(
            String name,
            double share,
            String room,
            double messagesPerSecond,
            Duration watched,
            Duration away,
            Duration back)
            implements Step {}

    /**
     * Messages into one room until a hop has ended of them, or until all are sent. That end is no casualty of the run: from here on it may come.
     *
     * @param room the room
     * @param messages at most
     * @param payloadBytes of each
     * @param ratePerSecond messages a second, above 0
     * @param hop whose processes may end, e.g. {@code gateway}
     * @param after how long is watched what becomes of what it leaves
     */
    record Exhaust(
            String name, String room, int messages, int payloadBytes, double ratePerSecond, String hop, Duration after)
            implements Step {}

    /**
     * Settings of the whole host are changed, and put back by {@link PutHostBack}, at the latest when the chain stops, however the run ends.
     *
     * @param sysctls new values by dotted name, e.g. {@code net.ipv4.tcp_mem}
     */
    record ChangeHost(String name, Map<String, String> sysctls) implements Step {
        public ChangeHost {
            sysctls = Map.copyOf(sysctls);
        }
    }

    /** What {@link ChangeHost} changed has its old values again. */
    record PutHostBack(String name) implements Step {}

    /**
     * The proxies of a kind read their configuration again, as at {@code nginx -s reload}: new workers start, the old ones stay while they hold
     * connections.
     *
     * @param hop {@code edge} or {@code ingress}
     * @param settle how long is watched what becomes of it
     */
    record Reload(String name, String hop, Duration settle) implements Step {}

    /** Limits of processor time hold from here on: what has to start does so without them. */
    record Squeeze(String name) implements Step {}

    /** Nothing happens for a while. */
    record Hold(String name, Duration duration) implements Step {}

    /**
     * Nothing happens until so many of the connections asked for are no longer held.
     *
     * @param ended how many
     * @param atMost the longest wait
     */
    record HoldUntilEnded(String name, long ended, Duration atMost) implements Step {}

    /**
     * Nothing happens until the proxies' own read timeouts have passed, as they stand in the rendered files, or until no connection
     * is left.
     *
     * @param atLeast the shortest wait while connections are left
     * @param atMost the longest
     */
    record HoldUntilCut(String name, Duration atLeast, Duration atMost) implements Step {}

    /**
     * A mix of operations on top of the connections that are held.
     *
     * @param mix operations a second
     * @param duration for how long they become due, at least a second
     * @param payloadBytes of each message
     */
    record Traffic(String name, Mix mix, Duration duration, int payloadBytes) implements Step {}

    /**
     * The search for the highest multiple of a mix that keeps a threshold. Each trial is a phase, named {@code find ×2}.
     *
     * @param mix what is multiplied
     * @param threshold what must be kept
     * @param trial how long each multiple is tried, at least a second
     * @param payloadBytes of each message
     */
    record Find(String name, Mix mix, Threshold threshold, Duration trial, int payloadBytes) implements Step {
        /** The step that tries one multiple. */
        public Traffic times(double factor) {
            return new Traffic(name + " " + multiple(factor), mix.times(factor), trial, payloadBytes);
        }

        /** A factor as people read it, e.g. {@code ×1.5}. */
        static String multiple(double factor) {
            return "×" + (factor == Math.rint(factor) ? Long.toString((long) factor) : Double.toString(factor));
        }

        /** Whether a phase is one of this search's trials. */
        public boolean tried(Phase phase) {
            return phase.name().startsWith(name + " ×");
        }
    }

    /**
     * The same again and again: some connections are gone and come back while everyone gets messages, one room after another with a stalled
     * reader in it is flooded, and when all is quiet a sample is taken of what every hop holds.
     *
     * @param duration for how long cycles begin
     * @param warmUp samples before this are not concluded from
     * @param cycle a cycle lasts at least this long
     * @param cyclesPerSample every so many cycles a sample, at least 1
     * @param leaving connections that are gone and come back in each cycle
     * @param toEveryone messages to all
     * @param flood messages into one of the first {@code floodedRooms} rooms, in turn
     * @param floodedRooms at least 1
     */
    record Soak(
            String name,
            Duration duration,
            Duration warmUp,
            Duration cycle,
            int cyclesPerSample,
            int leaving,
            Burst toEveryone,
            Burst flood,
            int floodedRooms)
            implements Step {}

    /**
     * Messages into one room.
     *
     * @param messages how many
     * @param payloadBytes of each
     * @param ratePerSecond above 0
     */
    record Burst(int messages, int payloadBytes, double ratePerSecond) {}

    /**
     * Traffic on those that will be left, and in the midst of it many connections end at once.
     *
     * @param mix operations a second of the survivors, and what is asked of the first gateway
     * @param duration for how long operations become due
     * @param payloadBytes of each message
     * @param after how long the traffic has gone on by then
     * @param loss what ends
     */
    record Storm(String name, Mix mix, Duration duration, int payloadBytes, Duration after, Loss loss) implements Step {
        /** The traffic, without what happens in its midst. */
        public Traffic traffic() {
            return new Traffic(name, mix, duration, payloadBytes);
        }
    }

    /** What ends at once, with all its connections. */
    sealed interface Loss {
        /**
         * Load agents.
         *
         * @param spared agents that stay, the first ones, at least 1
         * @param survivors connections that these hold
         */
        record OfAgents(int spared, int survivors) implements Loss {}

        /**
         * A process of the chain.
         *
         * @param hop its name, e.g. {@code gateway-2}
         */
        record OfProcess(String hop) implements Loss {}
    }
}
