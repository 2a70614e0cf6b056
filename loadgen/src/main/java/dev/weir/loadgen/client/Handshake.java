package dev.weir.loadgen.client;

import dev.weir.loadgen.wire.Upgrade;
import dev.weir.loadgen.wire.UpgradeAnswer;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The key that a connection sent and the answer that it has got so far; dropped when the answer is complete.
 *
 * <p><b>Bounds:</b> 32 bytes until an answer begins: thousands of these are under way at once.
 */
final class Handshake {
    private static final byte[] NOTHING = {};

    private final long keyHigh;
    private final long keyLow;
    private byte[] answer = NOTHING;

    Handshake(SplittableRandom random) {
        keyHigh = random.nextLong();
        keyLow = random.nextLong();
    }

    byte[] key() {
        return Upgrade.key(keyHigh, keyLow).getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds what arrived, as much as an answer may have; frames that came with it stay in the answer's bytes. */
    UpgradeAnswer take(ByteBuf arrived) {
        int had = answer.length;
        answer = Arrays.copyOf(answer, had + arrived.readableBytes());
        arrived.readBytes(answer, had, answer.length - had);
        return UpgradeAnswer.read(answer, answer.length, Upgrade.accept(Upgrade.key(keyHigh, keyLow)));
    }

    byte[] bytes() {
        return answer;
    }

    int length() {
        return answer.length;
    }
}
