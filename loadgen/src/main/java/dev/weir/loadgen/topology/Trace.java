package dev.weir.loadgen.topology;

import java.nio.file.Path;
import java.util.Optional;

/** Something on this host that is there because a run made it, and how it stands in a ledger: one line. */
sealed interface Trace {
    /** A control group, empty of others' processes. */
    record Group(Path folder) implements Trace {}

    /** A named network namespace, with all that is in it. */
    record Namespace(String name) implements Trace {}

    /** A network interface of this process's own namespace. */
    record Link(String name) implements Trace {}

    /**
     * A setting of the whole host.
     *
     * @param name dotted
     * @param old what it was before
     */
    record Sysctl(String name, String old) implements Trace {}

    /** Its line. */
    default String line() {
        return switch (this) {
            case Group group -> "group " + group.folder();
            case Namespace namespace -> "namespace " + namespace.name();
            case Link link -> "link " + link.name();
            case Sysctl sysctl -> "sysctl " + sysctl.name() + " " + sysctl.old();
        };
    }

    /** What a line says; empty for one that another version wrote. */
    static Optional<Trace> parse(String line) {
        String[] words = line.split(" ", 3);
        return switch (words[0]) {
            case "group" -> Optional.of(new Group(Path.of(line.substring(words[0].length() + 1))));
            case "namespace" -> Optional.of(new Namespace(words[1]));
            case "link" -> Optional.of(new Link(words[1]));
            case "sysctl" -> words.length < 3 ? Optional.empty() : Optional.of(new Sysctl(words[1], words[2]));
            default -> Optional.empty();
        };
    }
}
