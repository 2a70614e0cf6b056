package dev.weir.loadgen.publish;

import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.GeneratorTally;
import dev.weir.loadgen.measure.OperationTally;

/**
 * What a publisher did since it was last asked.
 *
 * @param accepted messages that the server took
 * @param refused messages that it did not take
 * @param unanswered messages of which nothing was heard
 * @param answerMicros from sending to the answer
 * @param operation the same as an interface under load, with latencies of the answers
 * @param lateSendsMicros how late messages left by the publisher's own fault
 */
public record PublishTally(
        long accepted,
        long refused,
        long unanswered,
        Distribution answerMicros,
        OperationTally operation,
        Distribution lateSendsMicros) {
    /** Its part of the generator's state. */
    public GeneratorTally generator() {
        return new GeneratorTally(0, 0, Distribution.EMPTY, lateSendsMicros, 0);
    }
}
