package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reader does not drain its sockets, and the hop that writes to it waits for a window.
 *
 * <p>Backpressure travels towards the gateway, so every writer behind a slow reader waits in the end. The reader nearest the agents on whose writer
 * the persist timer runs is the one that started it.
 */
record SlowReaders() implements Rule {
    /** Sockets that must be held up; fewer are the accidents of any load. */
    static final double SOCKETS_MIN = 3;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Tier> tiers = facts.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            Optional<Tier> reader = i == 0 ? Optional.empty() : Optional.of(tiers.get(i - 1));
            if (held(facts, tiers.get(i)) >= SOCKETS_MIN) {
                return bySockets(facts, reader.orElse(agents(facts)), tiers.get(i)).stream()
                        .toList();
            }
        }
        return byCounters(facts).stream().toList();
    }

    private static Tier agents(Facts facts) {
        List<String> names = facts.evidence().stream()
                .filter(e -> e.probe().equals("ss") && Tier.nameOf(e.hop()).equals(Symptoms.HOP))
                .map(Evidence::hop)
                .distinct()
                .toList();
        return new Tier(Symptoms.HOP, names.isEmpty() ? List.of(Symptoms.HOP) : names);
    }

    /** Sockets of a writer that the reader's window holds up; those held for long when that is known. */
    static double held(Facts facts, Tier writer) {
        List<Evidence> stuck = facts.at(writer, "ss", "down.stuck");
        return Facts.peaks(stuck.isEmpty() ? facts.at(writer, "ss", "down.persist") : stuck);
    }

    private static Optional<Cause> bySockets(Facts facts, Tier reader, Tier writer) {
        List<Evidence> unread = facts.at(reader, "ss", "up.recvq.sockets");
        Optional<Evidence> closed = counter(facts, reader, "TcpExt.TCPToZeroWindowAdv");
        Optional<Evidence> probes = counter(facts, writer, "TcpExt.TCPWinProbe");
        boolean timed = !facts.at(writer, "ss", "down.stuck").isEmpty();
        boolean complete = timed
                && Facts.peaks(unread) >= SOCKETS_MIN
                && closed.filter(e -> Facts.rise(e) >= SOCKETS_MIN).isPresent()
                && probes.filter(e -> Facts.rise(e) >= SOCKETS_MIN).isPresent();
        List<Evidence> recvQueues = facts.at(reader, "ss", "up.recvq");
        List<Evidence> sendQueues = sendQueues(facts);
        double sockets = Facts.peaks(facts.at(writer, "ss", "down.sockets"));
        String says = Figures.count(held(facts, writer)) + " of " + Figures.count(sockets) + " connections: "
                + reader.name() + " do" + (reader.name().equals(Symptoms.HOP) ? "" : "es") + " not read ("
                + Figures.bytes(Facts.peaks(recvQueues)) + " in Recv-Q, window zero), " + writer.name()
                + " waits; Send-Q " + queuesOf(sendQueues);
        return new Citing()
                .and(closed)
                .and(probes)
                .and(timed ? facts.at(writer, "ss", "down.stuck") : facts.at(writer, "ss", "down.persist"))
                .and(unread)
                .and(recvQueues)
                .and(sendQueues)
                .butNot(counter(facts, writer, "TcpExt.TCPAbortOnMemory"))
                .cause(Resource.SLOW_READERS, reader.name(), complete ? Rank.CERTAIN : Rank.LIKELY, says, fix(reader));
    }

    /** Without a sample of sockets: zero windows were announced and probed, and slow readers are known to lack messages. */
    private static Optional<Cause> byCounters(Facts facts) {
        boolean seen = facts.evidence().stream()
                .anyMatch(e -> e.probe().equals("ss") && e.key().endsWith(".persist"));
        Optional<Evidence> closed =
                counter(facts, agents(facts), "TcpExt.TCPToZeroWindowAdv").filter(e -> Facts.rise(e) >= SOCKETS_MIN);
        Optional<Evidence> probes = facts.tiers().stream()
                .findFirst()
                .flatMap(first -> counter(facts, first, "TcpExt.TCPWinProbe"))
                .filter(e -> Facts.rise(e) >= SOCKETS_MIN);
        Optional<Evidence> expected = facts.symptom("slow.expected");
        Optional<Evidence> delivered = facts.symptom("slow.delivered");
        double behind = expected.map(Evidence::after).orElse(0.0)
                - delivered.map(Evidence::after).orElse(0.0);
        boolean cutSlow = Facts.total(facts.closes(Facts::slow)) > 0;
        if (closed.isEmpty() || probes.isEmpty() || (seen && behind <= 0 && !cutSlow)) {
            return Optional.empty();
        }
        String says = "receivers closed their window " + Figures.count(Facts.rise(closed.get()))
                + " times and senders probed it " + Figures.count(Facts.rise(probes.get()))
                + " times; slow readers lack " + Figures.count(Math.max(0, behind)) + " messages";
        Citing citing = new Citing().and(closed).and(probes);
        if (behind > 0) {
            citing.and(expected).and(delivered);
        }
        Rank rank = behind > 0 || cutSlow ? Rank.LIKELY : Rank.POSSIBLE;
        return citing.cause(Resource.SLOW_READERS, Symptoms.HOP, rank, says, fix(agents(facts)));
    }

    private static Optional<Evidence> counter(Facts facts, Tier tier, String key) {
        return facts.counter(tier.members().getFirst(), "netstat", key);
    }

    /** Send queues towards the agents, of the gateway first: from where the bytes come to where they stop. */
    private static List<Evidence> sendQueues(Facts facts) {
        List<Evidence> queues = new ArrayList<>();
        for (String hop : facts.hops().reversed()) {
            facts.find(hop, "ss", "down.sendq").ifPresent(queues::add);
        }
        return queues;
    }

    private static String queuesOf(List<Evidence> queues) {
        return String.join(
                ", ",
                queues.stream()
                        .map(e -> e.hop() + " " + Figures.bytes(e.peak()))
                        .toList());
    }

    private static String fix(Tier reader) {
        return reader.name().equals(Symptoms.HOP)
                ? "let the gateway cut slow consumers (slow_consumer_policy disconnect; slow_consumer_bytes no larger than its default, 1m)"
                        + " and bound the proxies' send buffers (sndbuf 16k on listen); more agents with fewer connections each"
                : reader.name() + ": give it processor time or more workers; it does not read what the next hop sends";
    }
}
