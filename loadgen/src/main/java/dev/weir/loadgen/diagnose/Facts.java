package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that a rule may look at.
 *
 * @param phases as the agents lived them
 * @param evidence figures of all hops, then symptoms
 * @param missing probes that could not be read
 * @param hops names of the hops from the agents' side, without the agents
 * @param proxies those of the hops that are not gateways
 */
record Facts(
        List<Phase> phases, List<Evidence> evidence, List<Missing> missing, List<String> hops, List<String> proxies) {
    private static final String HOST = "host";
    private static final double SLOW_CONNECT_MILLIS = 1_000;

    /** One kind of close and when in the run it happened. */
    record Closed(Close close, long firstMillis, long lastMillis) {}

    static Facts of(List<Phase> phases, List<Evidence> given, List<Missing> missing, List<Hop> hops) {
        List<Evidence> all = new ArrayList<>(given);
        all.addAll(Symptoms.of(phases));
        List<Hop> chain = hops.stream()
                .filter(hop -> !Tier.nameOf(hop.name()).equals(Symptoms.HOP))
                .toList();
        return new Facts(
                List.copyOf(phases),
                List.copyOf(all),
                List.copyOf(missing),
                chain.stream().map(Hop::name).toList(),
                chain.stream()
                        .filter(hop -> !hop.kind().equals("gateway"))
                        .map(Hop::name)
                        .toList());
    }

    /** One figure. */
    Optional<Evidence> find(String hop, String probe, String key) {
        return evidence.stream()
                .filter(e -> e.hop().equals(hop)
                        && e.probe().equals(probe)
                        && e.key().equals(key))
                .findFirst();
    }

    /** A figure that rose by at least {@code least} above what it was before the load. */
    Optional<Evidence> risen(String hop, String probe, String key, double least) {
        return find(hop, probe, key).filter(e -> rise(e) >= least);
    }

    /** How far a figure rose above what it was before the load. */
    static double rise(Evidence evidence) {
        return Math.max(evidence.peak(), evidence.after()) - evidence.before();
    }

    /** How far a figure fell from its peak. */
    static double fall(Evidence evidence) {
        return evidence.peak() - evidence.after();
    }

    /** A counter of the network namespace that a hop lives in: its own, one shared with others, or this machine's. */
    Optional<Evidence> counter(String hop, String probe, String key) {
        return find(hop, probe, key)
                .or(() -> evidence.stream()
                        .filter(e -> e.probe().equals(probe) && e.key().equals(key))
                        .filter(e -> List.of(e.hop().split("\\+", -1)).contains(hop))
                        .findFirst())
                .or(() -> find(HOST, probe, key));
    }

    /** Whether there were more sockets than could be listed: then figures of them are of a part, and nothing may be divided by them. */
    boolean socketsCutShort() {
        return Evidence.socketsCutOff(evidence);
    }

    /** Connections of a proxy's clients, by its sockets, or by its own count where these are not all listed. */
    Optional<Evidence> connections(String hop) {
        Optional<Evidence> sockets = socketsCutShort() ? Optional.empty() : find(hop, "ss", "down.sockets");
        return sockets.or(() -> find(hop, "nginx-status", "active")).or(() -> find(hop, "haproxy-status", "active"));
    }

    /** One figure in every network namespace that was looked at. */
    List<Evidence> all(String probe, String key) {
        return evidence.stream()
                .filter(e -> e.probe().equals(probe) && e.key().equals(key))
                .toList();
    }

    /** The hop that a network namespace belongs to: the first in it from the agents' side; {@code host} for this machine's own. */
    String hopOf(String namespace) {
        List<String> members = List.of(namespace.split("\\+", -1));
        return hops.stream().filter(members::contains).findFirst().orElse(members.getFirst());
    }

    /** Connects that nobody answered. */
    List<Evidence> connectsWithoutAnswer() {
        return failures(failure -> failure.stage().equals("timeout")
                || (failure.stage().equals("connect") && failure.errno().equals("ETIMEDOUT")));
    }

    /** Whether connecting took long: the first SYN that is sent again is a second late. */
    boolean connectsSlow() {
        return phases.stream().anyMatch(phase -> phase.latencyMillis().connect().p99() >= SLOW_CONNECT_MILLIS);
    }

    /** Whether messages never came though their connections stayed open. */
    boolean deliveriesLost() {
        return symptom("deliveries.lost").filter(e -> e.after() > 0).isPresent();
    }

    /** Whether the load generator was at its limit in a phase that claims anything: then lateness proves nothing about a hop. */
    boolean generatorSaturated() {
        return phases.stream()
                .filter(phase -> !phase.name().equals(Phase.WARM_UP))
                .anyMatch(phase -> !Saturation.tripped(phase.generator()).isEmpty());
    }

    /** A symptom by its key. */
    Optional<Evidence> symptom(String key) {
        return find(Symptoms.HOP, Symptoms.PROBE, key);
    }

    /** Closes of the whole run that satisfy a condition. */
    List<Closed> closes(Predicate<Close> which) {
        List<Closed> closes = new ArrayList<>();
        for (Phase phase : phases) {
            for (Close close : phase.connections().closed()) {
                if (close.count() > 0 && which.test(close)) {
                    long start = phase.startMillis();
                    closes.add(new Closed(close, start + close.firstMillis(), start + close.lastMillis()));
                }
            }
        }
        return closes;
    }

    /** Whether a connection ended without a close frame, by what the agents were connected to. */
    static boolean cut(Close close) {
        return !close.by().equals("network")
                && !close.by().equals(Symptoms.HOP)
                && (close.how().equals("fin") || close.how().equals("rst"));
    }

    static boolean slow(Close close) {
        return close.cohort().equals("stalled") || close.cohort().equals("throttled");
    }

    static long total(List<Closed> closes) {
        return closes.stream().mapToLong(closed -> closed.close().count()).sum();
    }

    /** Symptoms of failed connects that satisfy a condition. */
    List<Evidence> failures(Predicate<Failure> which) {
        return phases.stream()
                .flatMap(phase -> phase.connections().failed().stream())
                .filter(which)
                .map(Symptoms::failedKey)
                .distinct()
                .flatMap(key -> symptom(key).stream())
                .toList();
    }

    /** Whether a hop's error log was read and is detailed enough to hold the time-outs of upgraded connections. */
    boolean infoLog(String hop) {
        return find(hop, "error-log", "info-lines").filter(e -> rise(e) > 0).isPresent();
    }

    /** Whether any hop's error log has lines of a class. */
    boolean logged(String logClass) {
        return hops.stream()
                .anyMatch(hop -> risen(hop, "error-log", logClass, 1).isPresent());
    }

    /** Whether a hop's error log was read at all. */
    boolean log(String hop) {
        return find(hop, "error-log", "lines").isPresent();
    }

    /** Hops by what they do, from the agents' side. */
    List<Tier> tiers() {
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (String hop : hops) {
            members.computeIfAbsent(Tier.nameOf(hop), name -> new ArrayList<>()).add(hop);
        }
        List<Tier> tiers = new ArrayList<>();
        members.forEach((name, names) -> tiers.add(new Tier(names.size() == 1 ? names.getFirst() : name, names)));
        return tiers;
    }

    /** Figures of one key at all members of a tier. */
    List<Evidence> at(Tier tier, String probe, String key) {
        return tier.members().stream()
                .flatMap(hop -> find(hop, probe, key).stream())
                .toList();
    }

    static double peaks(List<Evidence> figures) {
        return figures.stream().mapToDouble(Evidence::peak).sum();
    }

    static double rises(List<Evidence> figures) {
        return figures.stream().mapToDouble(Facts::rise).sum();
    }
}
