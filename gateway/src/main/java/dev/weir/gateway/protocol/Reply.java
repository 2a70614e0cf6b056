package dev.weir.gateway.protocol;

/** What answers a command, by its id. */
public sealed interface Reply {
    /** Number of the command that is answered. */
    long id();

    /**
     * The session is open.
     *
     * @param id number of the command
     * @param client id of the connection
     * @param version version of the server
     * @param pingSeconds time between pings; 0 when none are sent
     * @param pong whether pings must be answered
     */
    record Connected(long id, String client, String version, long pingSeconds, boolean pong) implements Reply {}

    /**
     * The channel is joined; its pushes come after this reply.
     *
     * @param id number of the command
     */
    record Subscribed(long id) implements Reply {}

    /**
     * The channel is left.
     *
     * @param id number of the command
     */
    record Unsubscribed(long id) implements Reply {}

    /**
     * The message was taken.
     *
     * @param id number of the command
     */
    record Published(long id) implements Reply {}

    /**
     * The command was not carried out.
     *
     * @param id number of the command
     * @param error why
     */
    record Failed(long id, ErrorCode error) implements Reply {}
}
