package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * What broke, and what that rests on.
 *
 * @param causes ranked: the surest first, but what led to another before that other
 * @param evidence the given evidence, and after it the agents' symptoms in the same form, ids from {@code s1}
 */
public record Diagnosis(List<Cause> causes, List<Evidence> evidence) {
    private static final List<Rule> RULES = List.of(
            new MemoryLimit(),
            new ProcessHeap(),
            new Reload(),
            new ProcessExit(),
            new FileDescriptors(),
            new WorkerSlots(),
            new SourcePorts(),
            new ConntrackTable(),
            new AdmissionLimit(),
            new ConnectionTracking(),
            new SlowReaders(),
            new IdleTimeout(),
            new NetworkPath(),
            new HalfOpen(),
            new WorkerSkew(),
            new SendTimeout(),
            new SlowConsumerPolicy(),
            new TeardownBurst(),
            new Processor(),
            new ProxyBuffers(),
            new WorkerPreallocation(),
            new SocketQueues(),
            new TcpMemory(),
            new Orphans(),
            new AcceptQueue(),
            new Generator());

    public Diagnosis {
        causes = List.copyOf(causes);
        evidence = List.copyOf(evidence);
    }

    /**
     * Judges one run.
     *
     * @param phases as the agents lived them
     * @param evidence figures of all hops
     * @param missing probes that could not be read; what they would have said is taken neither for nor against a cause
     * @param hops the chain from the agents' side, without the agents
     */
    public static Diagnosis of(List<Phase> phases, List<Evidence> evidence, List<Missing> missing, List<Hop> hops) {
        Facts facts = Facts.of(phases, evidence, missing, hops);
        List<Cause> causes = new ArrayList<>();
        for (Rule rule : RULES) {
            causes.addAll(rule.judge(facts));
        }
        return new Diagnosis(Ranking.order(Ranking.withoutExplained(causes)), facts.evidence());
    }
}
