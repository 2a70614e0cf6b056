package dev.weir.loadgen.publish;

import io.vertx.core.Future;

/** A way into the server for messages. Messages of one room keep their order. */
public sealed interface Outlet permits ApiOutlet, SocketOutlet {
    /** What became of a message. */
    enum Answer {
        /** The server took it: all members are owed it. */
        ACCEPTED,
        /** The server did not take it: nobody is owed it. */
        REFUSED,
        /** Nothing was heard: it may have been taken, so it is owed. */
        UNANSWERED
    }

    /**
     * Sends a message.
     *
     * @param json one JSON value without line breaks
     * @return never fails
     */
    Future<Answer> send(String room, String json);

    /** Ends its connections. */
    Future<Void> close();
}
