package dev.weir.loadgen.measure;

/**
 * What publishers did in one phase.
 *
 * @param accepted messages that the server took
 * @param answerMicros from sending a message to the server's answer
 */
public record Published(long accepted, Distribution answerMicros) {
    /** Nothing: the identity of {@link #plus}. */
    public static final Published NONE = new Published(0, Distribution.EMPTY);

    /** Both together. */
    public Published plus(Published other) {
        return new Published(accepted + other.accepted, answerMicros.plus(other.answerMicros));
    }
}
