package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agents have too little processor time for what they are to receive: every message seems late, and the chain between is idle.
 *
 * <p><b>Source:</b> field report B, step 3: the proxies were searched for what overloaded agents had caused; 50 agents became 200.
 */
public record TooFewAgents() implements Scenario {
    private static final int CONNECTIONS = 500;
    /** Of one agent: less than half of what 500 connections and their messages take. */
    private static final long MILLICORES = 50;

    private static final int AGENTS = 6;
    /** Of all of them: several times what is needed once their code is compiled, and enough to compile it. */
    private static final long MILLICORES_FIXED = 1_000;

    private static final int PAYLOAD_BYTES = 128;
    private static final double MESSAGES_PER_SECOND = 20;
    private static final int MESSAGES = 100;
    private static final double CONNECTIONS_PER_SECOND = 250;
    private static final double OUT_OF_TIME_SHARE = 0.5;

    @Override
    public String name() {
        return "too-few-agents";
    }

    @Override
    public String says() {
        return "the agents have too little processor time, and the chain looks slow";
    }

    @Override
    public String report() {
        return "B3";
    }

    @Override
    public String fix() {
        return "more agents with more processor time: six here";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "one agent with a twentieth of a processor", Expected.INCONCLUSIVE),
                new Variant("fixed", "six agents with a sixth of a processor each", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        int agents = variant.expected() == Expected.INCONCLUSIVE ? 1 : AGENTS;
        Chain chain = Chain.of(wish, connections, "tuned", Map.of())
                // One group for all: what each has, they share.
                .in(Surroundings.NONE
                        .with(new Crew.Loops(agents, 0))
                        .confine(
                                "agents",
                                Confinement.NONE.withMillicores(agents == 1 ? MILLICORES : MILLICORES_FIXED)));
        return new Plan(
                chain,
                connections,
                1,
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", CONNECTIONS_PER_SECOND),
                        new Step.Broadcast(
                                Phase.WARM_UP,
                                EVERYONE,
                                20,
                                PAYLOAD_BYTES,
                                MESSAGES_PER_SECOND,
                                Duration.ofSeconds(10)),
                        // Virtual machines are up, and what they run often is compiled.
                        new Step.Squeeze("squeeze"),
                        new Step.Broadcast(
                                "broadcast",
                                EVERYONE,
                                MESSAGES,
                                PAYLOAD_BYTES,
                                MESSAGES_PER_SECOND,
                                Duration.ofSeconds(20))),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.GENERATOR,
                        "agents",
                        new Symptom.AgentsOutOfProcessorTime(OUT_OF_TIME_SHARE),
                        List.of("cpu-quota"),
                        // It rests on a count of the kernel, which stands on a busy machine too.
                        List.of())));
    }
}
