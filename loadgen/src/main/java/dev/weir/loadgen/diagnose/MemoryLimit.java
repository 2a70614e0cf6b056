package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of a hop was killed for memory.
 *
 * <p>Signature: the control group's count of kills, or the kernel's own line with task and group; a process of just this hop that is gone; and the
 * close wave. Of a container the engine's own events count too; its flag {@code OOMKilled} does not, which was seen to lie both ways. What filled the memory is part of the sentence: resident bytes of the victim against socket memory.
 *
 * <p><b>Source:</b> {@code memory.failcnt} stayed 0 at every kill that was measured and is not looked at.
 */
record MemoryLimit() implements Rule {
    private static final double SIGKILL = 9;
    /** Exit code of a container whose first process got that signal. */
    private static final double KILLED = 128 + SIGKILL;

    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.hops(), hop -> judge(facts, hop));
    }

    private static Optional<Cause> judge(Facts facts, String hop) {
        Optional<Evidence> counted = facts.risen(hop, "cgroup", "oom_kill", 1);
        Optional<Evidence> logged = facts.risen(hop, "kernel-log", "oom-kill", 1);
        Optional<Evidence> told = facts.risen(hop, "container", "oom", 1);
        List<Evidence> died = died(facts, hop);
        boolean killed = counted.or(() -> logged).or(() -> told).isPresent();
        if (!killed || (logged.isEmpty() && died.isEmpty())) {
            return Optional.empty();
        }
        List<Facts.Closed> cuts = CloseWave.of(facts);
        boolean wave = Facts.total(cuts) >= CloseWave.CUTS_MIN;
        boolean complete = !died.isEmpty();
        Optional<Evidence> resident = facts.find(hop, "kernel-log", "oom-kill.resident");
        Optional<Evidence> limit = facts.find(hop, "cgroup", "memory.limit");
        Optional<Evidence> sockets = facts.find(hop, "cgroup", "sock");
        String says = "a process of " + hop + " was killed for memory"
                + limit.map(e -> " at a limit of " + Figures.bytes(e.peak())).orElse("")
                + filledBy(facts, hop, resident, sockets)
                + (wave
                        ? "; " + Figures.count(Facts.total(cuts)) + " connections were cut within "
                                + Figures.time(CloseWave.spanMillis(cuts))
                        : "");
        Citing citing = new Citing()
                .and(counted)
                .and(logged)
                .and(told)
                .and(died)
                .and(limit)
                .and(resident)
                .and(sockets)
                .and(facts.find(hop, "cgroup", "memory.usage"));
        if (wave) {
            CloseWave.cite(citing, facts, cuts);
        }
        return citing.cause(Resource.MEMORY_LIMIT, hop, complete ? Rank.CERTAIN : Rank.LIKELY, says, fix(hop));
    }

    private static String filledBy(Facts facts, String hop, Optional<Evidence> resident, Optional<Evidence> sockets) {
        double kernel = sockets.map(Evidence::peak).orElse(0.0);
        Optional<Evidence> own =
                resident.or(() -> facts.find(hop, "cgroup", "memory.anon")).or(() -> facts.find(hop, "process", "rss"));
        if (own.isPresent() && own.get().peak() >= kernel) {
            return ", filled by its own memory (" + Figures.bytes(own.get().peak()) + ")";
        }
        return kernel > 0 ? ", filled by queues of its sockets (" + Figures.bytes(kernel) + ")" : "";
    }

    private static List<Evidence> died(Facts facts, String hop) {
        List<Evidence> died = new ArrayList<>();
        facts.find(hop, "process", "alive")
                .filter(e -> e.before() > 0 && e.after() == 0)
                .ifPresent(died::add);
        facts.risen(hop, "process", "workers.exited", 1).ifPresent(died::add);
        facts.find(hop, "container", "exit-code")
                .filter(e -> e.peak() == KILLED)
                .ifPresent(died::add);
        facts.find(hop, "error-log", "worker-signal")
                .filter(e -> e.peak() == SIGKILL)
                .ifPresent(died::add);
        return died;
    }

    private static String fix(String hop) {
        return hop
                + ": what filled it is named beside this; bound it (proxy_buffer_size 4k, tcp_notsent_lowat, fewer slots)"
                + " before the limit is raised";
    }
}
