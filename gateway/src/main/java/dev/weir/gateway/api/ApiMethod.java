package dev.weir.gateway.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Commands of the server API by the last part of their path.
 *
 * <p>Those that this server does not have answer 108, so that a client library gets the error it knows and not a missing page.
 */
enum ApiMethod {
    PUBLISH(true),
    BROADCAST(true),
    INFO(true),
    CHANNELS(true),
    DISCONNECT(true),
    SUBSCRIBE(false),
    UNSUBSCRIBE(false),
    REFRESH(false),
    PRESENCE(false),
    PRESENCE_STATS(false),
    HISTORY(false),
    HISTORY_REMOVE(false),
    RPC(false),
    BATCH(false);

    private final boolean available;

    ApiMethod(boolean available) {
        this.available = available;
    }

    boolean available() {
        return available;
    }

    /** The name in the path: {@code presence_stats}. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ApiMethod> ofPath(String path) {
        return Arrays.stream(values())
                .filter(method -> method.path().equals(path))
                .findFirst();
    }
}
