package dev.weir.proxy.error;

import java.util.List;

/**
 * A proxy configuration that cannot be used, with every problem found, each in the form
 * {@code <key> must <rule>: <name>=<value> (<where>); <remedy>}.
 */
public final class ProxyConfigException extends RuntimeException {

    /** Whose mistake it is, which decides the exit code. */
    public enum Kind {
        /** What was typed: an unknown profile, hop or {@code --set} key. */
        USAGE,
        /** What stands in a file: a profile, a template, or the rendered text that nginx rejects. */
        CONFIG,
        /** What this machine lacks: nginx, a readable folder. */
        ENVIRONMENT
    }

    private final Kind kind;
    private final List<String> problems;

    /**
     * Creates an exception that reports all problems at once.
     *
     * @param kind whose mistake it is
     * @param problems one line each, at least one
     */
    public ProxyConfigException(Kind kind, List<String> problems) {
        super(String.join("\n", problems));
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    /** Whose mistake it is. */
    public Kind kind() {
        return kind;
    }

    /** Every problem found, one line each, at least one. */
    public List<String> problems() {
        return problems;
    }

    /** A single mistake in what was typed. */
    public static ProxyConfigException usage(String problem) {
        return new ProxyConfigException(Kind.USAGE, List.of(problem));
    }

    /** A single mistake in a file. */
    public static ProxyConfigException config(String problem) {
        return new ProxyConfigException(Kind.CONFIG, List.of(problem));
    }

    /** Something that this machine lacks. */
    public static ProxyConfigException environment(String problem) {
        return new ProxyConfigException(Kind.ENVIRONMENT, List.of(problem));
    }
}
