package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hop stalls while it frees many connections at once.
 *
 * <p>The stall is what its own loop or its page was late by from the close wave on, beside what it was late by before. When the generator was at its limit,
 * lateness of a hop is not claimed. Agents that are late for the wave alone are the hop that stalls: their limit then is what is told.
 */
record TeardownBurst() implements Rule {
    /** Shorter is what a heartbeat or a garbage collection does. */
    private static final double STALL_MILLIS_MIN = 250;

    private static final double STALL_MILLIS_LONG = 1_000;
    private static final double TIMES_CALM_MIN = 3;
    /** A phase at whose end so many fewer are held is one in which they ended. */
    private static final double HELD_SHARE_MIN = 0.1;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        for (String hop : facts.hops()) {
            for (String probe : List.of("gateway", "nginx-status")) {
                judge(facts, hop, probe, saturated(facts)).ifPresent(causes::add);
            }
        }
        AgentTeardown.of(facts.phases())
                .flatMap(wave -> judge(facts, Symptoms.HOP, Symptoms.PROBE, wave.isCalmSaturated()))
                .ifPresent(causes::add);
        return causes;
    }

    private static Optional<Cause> judge(Facts facts, String hop, String probe, boolean doubtful) {
        Optional<Evidence> closed = facts.find(hop, probe, "teardown.closed");
        Optional<Evidence> stall = facts.find(hop, probe, "teardown.stall");
        Optional<Evidence> calm = facts.find(hop, probe, "teardown.calm");
        double before = calm.map(Evidence::peak).orElse(0.0);
        if (closed.isEmpty()
                || stall.filter(e -> e.peak() >= STALL_MILLIS_MIN && e.peak() >= TIMES_CALM_MIN * before)
                        .isEmpty()) {
            return Optional.empty();
        }
        double millis = stall.get().peak();
        Rank rank = doubtful ? Rank.POSSIBLE : millis >= STALL_MILLIS_LONG ? Rank.CERTAIN : Rank.LIKELY;
        String says = hop + " stalled for " + Figures.time(millis) + " when "
                + Figures.count(closed.get().peak()) + " connections ended at once; before, "
                + (hop.equals(Symptoms.HOP) ? "they were" : "it was") + " late by at most "
                + Figures.time(before);
        return new Citing()
                .and(closed)
                .and(stall)
                .and(calm)
                .and(facts.counter(hop, "sockstat", "TCP.tw"))
                .and(facts.find(hop, "process", "cpu.share.max"))
                .and(seenAtNextHop(facts, hop))
                .cause(Resource.TEARDOWN_BURST, hop, rank, says, fix(hop));
    }

    /** What agents saw end, the hop next to them has let go of. */
    private static Optional<Evidence> seenAtNextHop(Facts facts, String hop) {
        return hop.equals(Symptoms.HOP)
                ? facts.evidence().stream()
                        .filter(e -> !e.hop().equals(hop) && e.key().equals("teardown.closed"))
                        .findFirst()
                : Optional.empty();
    }

    private static String fix(String hop) {
        return hop.equals(Symptoms.HOP)
                ? "agents: fewer connections each, over more processes and machines; where it is the kernel that is busy, net.ipv4.tcp_mem (pages) of the client machine"
                : hop
                        + ": free connections in slices (gateway: its clean-up slice), and spread them over more processes";
    }

    /** Whether the generator was at its limit when connections ended, as far as the agents saw when that was; else at any time. */
    private static boolean saturated(Facts facts) {
        List<Phase> ending = new ArrayList<>();
        long heldBefore = 0;
        for (Phase phase : facts.phases()) {
            long held = phase.connections().heldAtEnd();
            if (heldBefore - held >= HELD_SHARE_MIN * heldBefore && held < heldBefore) {
                ending.add(phase);
            }
            heldBefore = held;
        }
        return ending.isEmpty()
                ? facts.generatorSaturated()
                : ending.stream().anyMatch(phase -> !Saturation.tripped(phase.generator())
                        .isEmpty());
    }
}
