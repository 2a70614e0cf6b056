package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.protocol.JsonCodec;
import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.protocol.Push;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BroadcastTest {
    private final List<String> finished = new ArrayList<>();

    private Broadcast message(String data) {
        Payload payload = Payload.of(data.getBytes(StandardCharsets.US_ASCII));
        return Broadcast.of(
                new Push.Publication("c", payload, Optional.empty()), new JsonCodec(), 2, () -> finished.add(data));
    }

    private static String payload(Broadcast broadcast) {
        return broadcast
                .frame()
                .toString(
                        broadcast.frameBytes() - broadcast.payloadBytes(),
                        broadcast.payloadBytes(),
                        StandardCharsets.US_ASCII);
    }

    @Test
    void shouldHoldOneLineAMessageWhenTheyShareAFrame() {
        Broadcast one = message("1");
        Broadcast two = message("\"" + "2".repeat(200) + "\"");

        Broadcast both = Broadcast.together(List.of(one, two), new JsonCodec());

        assertThat(payload(both)).isEqualTo(payload(one) + "\n" + payload(two));
        assertThat(both.frame().getUnsignedByte(0)).isEqualTo((short) 0x81);
        assertThat(both.frame().getUnsignedByte(1)).isEqualTo((short) 126);
        assertThat(both.frame().getUnsignedShort(2)).isEqualTo(both.payloadBytes());
        assertThat(both.messages()).isEqualTo(2);
        assertThat(both.latest()).isSameAs(two);
    }

    @Test
    void shouldHaveAPingOnALineOfItsOwnBehindTheMessages() {
        Broadcast both = Broadcast.together(List.of(message("1"), message("2")), new JsonCodec());
        SharedFrame withPing = Objects.requireNonNull(both.withPing(new JsonCodec()));

        assertThat(withPing).isSameAs(both.withPing(new JsonCodec()));
        String sent = withPing.buffer().toString(StandardCharsets.US_ASCII);
        assertThat(sent).endsWith(payload(both) + "\n{}");
        assertThat(withPing.buffer().getUnsignedByte(0)).isEqualTo((short) 0x81);
        assertThat(withPing.buffer().getUnsignedByte(1)).isEqualTo((short) (both.payloadBytes() + 3));

        both.finish();
        assertThat(withPing.buffer().refCnt()).isZero();
    }

    @Test
    void shouldHaveNoPingWithALargeMessage() {
        assertThat(message("\"" + "2".repeat(8_000) + "\"").withPing(new JsonCodec()))
                .isNull();
    }

    @Test
    void shouldFinishEachMessageOnceForItsLoopWhenTheyShareAFrame() {
        Broadcast one = message("1");
        Broadcast two = message("2");
        ByteBuf frame = one.frame();

        Broadcast both = Broadcast.together(List.of(one, two), new JsonCodec());
        both.finish();
        one.finish();

        assertThat(finished).containsExactly("1");
        assertThat(frame.refCnt()).isZero();
        assertThat(both.frame().refCnt()).isZero();
        assertThat(two.frame().refCnt()).isOne();
        two.finish();
    }
}
