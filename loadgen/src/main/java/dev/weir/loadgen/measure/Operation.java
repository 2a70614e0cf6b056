package dev.weir.loadgen.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An interface of the server that is put under load. */
public enum Operation {
    /** TCP connect, upgrade, connect command and subscribe of a fresh connection. */
    CONNECT,
    /** The normal close of such a connection: from its close frame to the server's. */
    DISCONNECT,
    /** Joins one more room on a held connection. */
    SUBSCRIBE,
    /** Leaves that room. */
    UNSUBSCRIBE,
    /** A message that a client sends into its own room. */
    PUBLISH,
    /** A message that the server API sends into a room. */
    API,
    /** A remote call. */
    RPC,
    /** The gateway's health page, as an orchestrator asks for it. */
    HEALTH;

    /** The name in records and mixes, e.g. {@code subscribe}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operation that begins what this one ends; empty for one that has a rate of its own. */
    public Optional<Operation> follows() {
        return switch (this) {
            case DISCONNECT -> Optional.of(CONNECT);
            case UNSUBSCRIBE -> Optional.of(SUBSCRIBE);
            case CONNECT, SUBSCRIBE, PUBLISH, API, RPC, HEALTH -> Optional.empty();
        };
    }

    /** Whether clients carry it out; the others are asked of the gateway's own HTTP port. */
    public boolean isOfClients() {
        return switch (this) {
            case CONNECT, DISCONNECT, SUBSCRIBE, UNSUBSCRIBE, PUBLISH, RPC -> true;
            case API, HEALTH -> false;
        };
    }

    /** The operations whose rates can be stated. */
    public static List<Operation> stated() {
        return Arrays.stream(values())
                .filter(operation -> operation.follows().isEmpty())
                .toList();
    }

    /** The operation of that name. */
    public static Optional<Operation> named(String id) {
        return Arrays.stream(values())
                .filter(operation -> operation.id().equals(id))
                .findFirst();
    }
}
