package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SocketDiagTest {
    private static final int OUT_OF_MEMORY = 12;
    private static final short DONE = 3;

    private static final SocketDiag.Sink NONE = new SocketDiag.Sink() {
        @Override
        public boolean wants(int localPort, int remotePort) {
            return false;
        }

        @Override
        public void take(SocketRow row) {
            throw new AssertionError("none is wanted");
        }
    };

    @Test
    void shouldEndWhereTheListDoes() throws IOException {
        assertThat(SocketDiag.take(done(0), 10, NONE)).isEqualTo(-1);
    }

    @Test
    void shouldSayWhenTheKernelCouldNotGoOnToTheEnd() {
        assertThatThrownBy(() -> SocketDiag.take(done(-OUT_OF_MEMORY), 10, NONE))
                .isInstanceOfSatisfying(KernelRefusal.class, refusal -> assertThat(refusal.isLasting())
                        .isFalse())
                .hasMessage("the kernel refuses to list sockets: errno 12");
    }

    @Test
    void shouldKnowAKernelWithoutSuchLists() {
        assertThatThrownBy(() -> SocketDiag.take(done(-2), 10, NONE))
                .isInstanceOfSatisfying(KernelRefusal.class, refusal -> assertThat(refusal.isLasting())
                        .isTrue());
        assertThat(KernelRefusal.ofCall("open", 2).isLasting())
                .as("a process that is gone")
                .isFalse();
    }

    private static ByteBuffer done(int result) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(20)
                .putShort(DONE)
                .putShort((short) 0)
                .putInt(1)
                .putInt(0)
                .putInt(result)
                .flip();
    }
}
