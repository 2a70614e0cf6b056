package dev.weir.loadgen.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One variant of a scenario, ready to be run.
 *
 * @param chain the hops
 * @param connections how many
 * @param rooms each connection is in one of so many rooms
 * @param everyone each connection is in the room of all, too
 * @param heartbeat whether the agents answer pings
 * @param steps in order
 * @param expected what the variant is expected to come out as
 * @param claim what "reproduced" means; empty for a scenario without a fault
 */
public record Plan(
        Chain chain,
        int connections,
        int rooms,
        boolean everyone,
        boolean heartbeat,
        List<Step> steps,
        Expected expected,
        Optional<Claim> claim) {
    /** From so many connections on a broadcast takes seconds, and all processors of a small machine meanwhile. */
    public static final int LARGE = 100_000;

    /** And who connects meanwhile is slow, not lost: so long do agents wait, and the gateway for the connect command. */
    public static final Duration CONNECT_TIMEOUT_LARGE = Duration.ofSeconds(30);

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Settings of the whole host that its steps change, by dotted name, in order; empty for most. */
    public List<String> hostChanges() {
        return steps.stream()
                .filter(Step.ChangeHost.class::isInstance)
                .flatMap(step -> ((Step.ChangeHost) step).sysctls().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** How many connections a ramp of this plan opens. */
    public int opens(Step.Ramp ramp) {
        return ramp.connections() == 0 ? connections : ramp.connections();
    }

    /** Whether it has {@value #LARGE} connections or more. */
    public boolean isLarge() {
        return connections >= LARGE;
    }

    /** The step that repeats itself, if there is one. */
    public Optional<Step.Soak> soak() {
        return steps.stream()
                .filter(Step.Soak.class::isInstance)
                .map(Step.Soak.class::cast)
                .findFirst();
    }

    /** The step in which many connections end at once, if there is one. */
    public Optional<Step.Storm> storm() {
        return steps.stream()
                .filter(Step.Storm.class::isInstance)
                .map(Step.Storm.class::cast)
                .findFirst();
    }
}
