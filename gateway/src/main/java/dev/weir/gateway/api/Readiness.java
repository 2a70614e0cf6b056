package dev.weir.gateway.api;

import dev.weir.gateway.server.Hub;
import java.util.Optional;

/** Where in its life the process is, as {@code /ready} and the commands see it. */
public sealed interface Readiness {
    /** Sockets are not accepted yet. */
    record Starting() implements Readiness {}

    /** Sockets are accepted. */
    record Serving(Hub hub) implements Readiness {}

    /** No more sockets are accepted and those here are being closed; commands still work. */
    record Draining(Hub hub) implements Readiness {}

    /** The parked connections, once there are any. */
    default Optional<Hub> connections() {
        return switch (this) {
            case Starting() -> Optional.empty();
            case Serving(Hub hub) -> Optional.of(hub);
            case Draining(Hub hub) -> Optional.of(hub);
        };
    }

    /** One word for people and probes. */
    default String word() {
        return switch (this) {
            case Starting() -> "starting";
            case Serving _ -> "ready";
            case Draining _ -> "draining";
        };
    }
}
