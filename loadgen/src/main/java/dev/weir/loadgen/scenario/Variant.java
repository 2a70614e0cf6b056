package dev.weir.loadgen.scenario;

/**
 * One way to run a scenario.
 *
 * @param name as typed, e.g. {@code broken}
 * @param says one line: what is different here
 * @param expected what it is expected to come out as
 */
public record Variant(String name, String says, Expected expected) {}
