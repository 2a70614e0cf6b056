package dev.weir.gateway.api;

import java.util.UUID;

/**
 * Who this process is among others.
 *
 * @param uid unique for each start
 * @param name host name and API port, as people tell nodes apart
 * @param version version of the gateway
 * @param startedNanos {@link System#nanoTime} at start
 */
public record Node(String uid, String name, String version, long startedNanos) {

    /** A node that starts now. */
    public static Node starting(String name, String version) {
        return new Node(UUID.randomUUID().toString(), name, version, System.nanoTime());
    }

    long uptimeSeconds() {
        return (System.nanoTime() - startedNanos) / 1_000_000_000L;
    }
}
