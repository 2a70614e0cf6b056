package dev.weir.loadgen.outcome;

import java.util.List;

/**
 * A resource that broke at a hop, with the figures it rests on.
 *
 * @param resource what broke
 * @param hop name of the hop, {@code agents}, or {@code host} for what all hops share
 * @param rank how sure this is
 * @param because ids of the evidence it rests on, at least two, one of them not from the agents
 * @param says one sentence with the numbers
 * @param fix the setting or command that fixes it
 */
public record Cause(Resource resource, String hop, Rank rank, List<String> because, String says, String fix) {
    public Cause {
        because = List.copyOf(because);
    }
}
