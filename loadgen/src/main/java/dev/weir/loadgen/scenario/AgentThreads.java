package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agents have a thread for each connection and a heap so large that little address space is left for stacks: they run out of threads.
 *
 * <p><b>Source:</b> field report B, step 1: agents with a heap of 15 GB failed at 10,000 connections, and those with 4 GB held 20,000.
 */
public record AgentThreads() implements Scenario {
    private static final int CONNECTIONS = 2_000;
    private static final long HEAP_BYTES = 2L << 30;
    /** What a thread of a virtual machine gets on 64-bit Linux unless told otherwise. */
    private static final long STACK_BYTES = 1L << 20;
    /** Heap, class space, code cache and allocators take four fifths of it. */
    private static final long ADDRESS_SPACE_BYTES = 11L << 29;

    private static final double RAMP_SECONDS = 4;
    private static final double REFUSED_SHARE = 0.1;

    @Override
    public String name() {
        return "agent-threads";
    }

    @Override
    public String says() {
        return "agents with a thread for each connection run out of threads: the larger their heap, the sooner";
    }

    @Override
    public String report() {
        return "B1";
    }

    @Override
    public String fix() {
        return "agents with event loops, at the same heap and limit";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "a thread for each connection", Expected.INCONCLUSIVE),
                new Variant("fixed", "event loops, with the same heap in the same limit", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        boolean threads = variant.expected() == Expected.INCONCLUSIVE;
        Chain chain = Chain.of(wish, connections, "tuned", Map.of())
                .in(Surroundings.NONE
                        .with(threads ? new Crew.Threads(HEAP_BYTES, STACK_BYTES) : new Crew.Loops(1, HEAP_BYTES))
                        .confine("agents", Confinement.NONE.withAddressSpace(ADDRESS_SPACE_BYTES)));
        return new Plan(
                threads ? chain.straining(Resource.GENERATOR, "agents") : chain,
                connections,
                1,
                false,
                true,
                List.of(
                        new Step.Ramp("ramp", connections / RAMP_SECONDS),
                        // Memory is read now and then: once all are there, too.
                        new Step.Hold("hold", Duration.ofSeconds(4))),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.GENERATOR,
                        "agents",
                        new Symptom.ThreadsRefused(REFUSED_SHARE),
                        List.of("process"),
                        List.of())));
    }
}
