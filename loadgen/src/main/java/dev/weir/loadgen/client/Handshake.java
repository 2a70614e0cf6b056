package dev.weir.loadgen.client;

import dev.weir.loadgen.wire.Upgrade;
import dev.weir.loadgen.wire.UpgradeAnswer;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The key that a connection sent and the answer that it has got so far; dropped when the answer is complete. */
final class Handshake {
    private static final int ANSWER_USUAL = 256;

    private final String key;
    private byte[] answer = new byte[ANSWER_USUAL];
    private int length;

    Handshake(SplittableRandom random) {
        key = Upgrade.key(random.nextLong(), random.nextLong());
    }

    byte[] key() {
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds what arrived, as much as an answer may have; frames that came with it stay in the answer's bytes. */
    UpgradeAnswer take(ByteBuf arrived) {
        int added = arrived.readableBytes();
        if (length + added > answer.length) {
            answer = Arrays.copyOf(answer, Math.max(length + added, 2 * answer.length));
        }
        arrived.readBytes(answer, length, added);
        length += added;
        return UpgradeAnswer.read(answer, length, Upgrade.accept(key));
    }

    byte[] bytes() {
        return answer;
    }

    int length() {
        return length;
    }
}
