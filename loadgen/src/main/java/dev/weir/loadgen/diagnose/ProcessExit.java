package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of a hop went away during the load: it or one of its workers is gone, and a log line, a wait status or a close wave goes with it.
 *
 * <p>A worker that was asked to end is none: a reload replaces workers, and the log says that the old ones shut down gracefully.
 */
record ProcessExit() implements Rule {
    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        for (String hop : facts.hops()) {
            judge(facts, hop).ifPresent(causes::add);
        }
        Optional<Evidence> lost = facts.symptom("generator.lost-agents").filter(e -> e.after() > 0);
        lost.flatMap(e -> agents(facts, e)).ifPresent(causes::add);
        return causes;
    }

    private static Optional<Cause> judge(Facts facts, String hop) {
        Optional<Evidence> gone = facts.find(hop, "process", "alive").filter(e -> e.before() > 0 && e.after() == 0);
        Optional<Evidence> workers = facts.risen(hop, "process", "workers.exited", 1);
        Optional<Evidence> killed = facts.risen(hop, "error-log", "worker-killed", 1);
        if (gone.isEmpty() && workers.isEmpty() && killed.isEmpty()) {
            return Optional.empty();
        }
        if (gone.isEmpty()
                && killed.isEmpty()
                && facts.risen(hop, "error-log", "worker-graceful", 1)
                        .or(() -> facts.find(hop, "process", "workers.shutting-down")
                                .filter(e -> e.peak() > 0))
                        .isPresent()) {
            return Optional.empty();
        }
        Optional<Evidence> status = facts.risen(hop, "process", "wait-status", 1);
        List<Facts.Closed> cuts = CloseWave.of(facts);
        boolean wave = Facts.total(cuts) >= CloseWave.CUTS_MIN;
        Citing citing = new Citing().and(gone).and(workers).and(killed).and(status);
        killed.ifPresent(e -> citing.and(facts.find(hop, "error-log", "worker-signal")));
        cuts.forEach(cut -> citing.and(facts.symptom(Symptoms.closedKey(cut.close()))));
        return citing.and(facts.risen(hop, "error-log", "worker-exited", 1))
                .cause(
                        Resource.PROCESS_EXIT,
                        hop,
                        rank(
                                gone.or(() -> killed).isPresent(),
                                wave,
                                status.or(() -> workers).isPresent()),
                        says(facts, hop, cuts, status),
                        fix(hop));
    }

    private static Rank rank(boolean died, boolean wave, boolean witnessed) {
        if (died) {
            return wave || witnessed ? Rank.CERTAIN : Rank.LIKELY;
        }
        return wave ? Rank.LIKELY : Rank.POSSIBLE;
    }

    private static String says(Facts facts, String hop, List<Facts.Closed> cuts, Optional<Evidence> status) {
        boolean gone =
                facts.find(hop, "process", "alive").filter(e -> e.after() == 0).isPresent();
        Optional<Evidence> signal =
                facts.find(hop, "error-log", "worker-signal").filter(e -> e.peak() > 0);
        String what = gone ? "the process of " + hop + " is gone" : "a worker of " + hop + " is gone";
        return what
                + signal.map(e -> " (signal " + Figures.count(e.peak()) + ")")
                        .or(() -> status.map(e -> " (" + e.key() + " " + Figures.count(e.peak()) + ")"))
                        .orElse("")
                + "; " + Figures.count(Facts.total(cuts)) + " connections were cut at one moment";
    }

    private static String fix(String hop) {
        return hop + ": its log and the kernel's say why it ended; keep spare capacity for its connections elsewhere";
    }

    private static Optional<Cause> agents(Facts facts, Evidence lost) {
        String says = Figures.count(lost.after()) + " agents died; their connections ended with them";
        return new Citing()
                .and(lost)
                .and(facts.counter(Symptoms.HOP, "sockstat", "TCP.inuse")
                        .filter(e -> Facts.fall(e) >= CloseWave.CUTS_MIN))
                .cause(Resource.PROCESS_EXIT, Symptoms.HOP, Rank.LIKELY, says, fix(Symptoms.HOP));
    }
}
