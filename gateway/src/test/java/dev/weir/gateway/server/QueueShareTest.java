package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class QueueShareTest {
    @Test
    void shouldCreditAPartOfWhatOthersWaitForToo() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ByteBuf shared = Unpooled.buffer(1000).writeZero(1000);
        shared.retain(3);
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        queue.addMessage(shared, 1000, channel.newPromise());
        queue.addMessage(Unpooled.buffer(500).writeZero(500), 500, channel.newPromise());
        queue.addFlush();

        assertThat(QueueShare.bytes(queue)).isEqualTo(750);
        shared.release(3);
        assertThat(QueueShare.bytes(queue)).isEqualTo(1500);
        channel.finishAndReleaseAll();
    }
}
