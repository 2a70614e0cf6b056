package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;

/**
 * A limit that a run passes on purpose: what would refuse the run because of it lets it through, and nothing else.
 *
 * @param resource what runs out
 * @param hop where
 */
public record Strain(Resource resource, String hop) {}
