package dev.weir.gateway.server.frame;

/** Who is told what a client's frames say. */
public interface FrameSink {
    /**
     * A whole text message, known to be UTF-8.
     *
     * @param bytes holds the message in [0, length); valid during the call
     * @param length count of bytes
     */
    void text(byte[] bytes, int length);

    /**
     * A ping.
     *
     * @param bytes holds what the pong must repeat in [0, length); valid during the call
     * @param length at most 125
     */
    void ping(byte[] bytes, int length);

    /** A pong. */
    void pong();

    /**
     * A close frame with a valid code.
     *
     * @param code the client's code, or 1005 when it gave none
     */
    void close(int code);

    /**
     * The client broke a rule of the protocol or of this server; nothing after it can be read.
     *
     * @param violation which
     */
    void violation(Violation violation);

    /** Whether reading goes on. Asked after each frame. */
    boolean open();
}
