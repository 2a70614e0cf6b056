package dev.weir.loadgen.topology;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /**
     * What compose made for a project: containers, networks, volumes.
     *
     * @param name one that only runs of Weir have, e.g. {@code weir-3fa91c}
     * @param engine where it is, as {@code DOCKER_HOST} has it
     */
    record Project(String name, URI engine) implements Trace {
        private static final Pattern NAME = Pattern.compile("weir-[0-9a-f]{6}");

        public Project {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a project must be one that a run made: name=" + name);
            }
        }
    }

    /** Its line. */
    default String line() {
        return switch (this) {
            case Group group -> "group " + group.folder();
            case Namespace namespace -> "namespace " + namespace.name();
            case Link link -> "link " + link.name();
            case Sysctl sysctl -> "sysctl " + sysctl.name() + " " + sysctl.old();
            case Project project -> "project " + project.name() + " " + project.engine();
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
            case "project" ->
                words.length < 3 || !Project.NAME.matcher(words[1]).matches()
                        ? Optional.empty()
                        : Optional.of(new Project(words[1], URI.create(words[2])));
            default -> Optional.empty();
        };
    }
}
