package dev.weir.gateway.protocol;

/**
 * One wire format of the protocol.
 *
 * <p><b>Threading:</b> implementations hold no state between calls and may be shared by all loops.
 */
public interface WireCodec {
    /**
     * Reads the commands of one message.
     *
     * @param source bytes of the message in [offset, offset + length); nothing of it is kept
     * @param offset first byte
     * @param length count of bytes
     */
    Decoded decode(byte[] source, int offset, int length);

    /** Appends a reply; several make one frame after another with {@link #separate} between them. */
    void encode(Reply reply, WireBuffer out);

    /** Appends a push. */
    void encode(Push push, WireBuffer out);

    /** Appends a ping. */
    void encodePing(WireBuffer out);

    /** Appends what stands between two messages of one frame. */
    void separate(WireBuffer out);
}
