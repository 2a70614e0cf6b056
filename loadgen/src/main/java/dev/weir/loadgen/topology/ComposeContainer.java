package dev.weir.loadgen.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One container of a compose project.
 *
 * @param service e.g. {@code edge}
 * @param id the engine's
 * @param pid its first process as this host numbers it; 0 when it does not run
 * @param address in the project's network; empty when it has none
 * @param status {@code created}, {@code running}, {@code exited} …
 * @param health what its health check says, e.g. starting; empty without one
 * @param exitCode of its last end
 * @param arguments of its first process
 * @param environment of its first process
 * @param openFiles the limit of each process; 0 when none was set
 * @param sysctls of its network namespace that were set, by dotted name
 */
record ComposeContainer(
        String service,
        String id,
        long pid,
        String address,
        String status,
        String health,
        long exitCode,
        List<String> arguments,
        Map<String, String> environment,
        long openFiles,
        Map<String, String> sysctls) {
    ComposeContainer {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        sysctls = Map.copyOf(sysctls);
    }

    /** Ended with a failure, or does not answer as it should. */
    boolean failed() {
        return health.equals("unhealthy") || (status.equals("exited") && exitCode != 0);
    }

    /** What stands behind a flag among its arguments; empty without it. */
    Optional<String> argument(String flag) {
        int at = arguments.indexOf(flag);
        return at < 0 || at + 1 == arguments.size() ? Optional.empty() : Optional.of(arguments.get(at + 1));
    }

    /** The values of a flag that is written {@code --flag=value}, in order. */
    List<String> values(String flag) {
        String prefix = flag + "=";
        return arguments.stream()
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()))
                .toList();
    }
}
