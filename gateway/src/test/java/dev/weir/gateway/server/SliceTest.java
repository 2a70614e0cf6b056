package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SliceTest {
    @ParameterizedTest
    @CsvSource({"128, 32, 0, 128", "128, 32, 16, 128", "128, 32, 17, 32", "128, 32, 32, 32", "128, 65536, 40000, 128"})
    void shouldBeAsSmallAsALookInWhichMostSocketsHadNews(int members, int sockets, int read, int slice) {
        assertThat(new BroadcastQueue.Bounds(members, sockets, 0).sliceAfter(read))
                .isEqualTo(slice);
    }

    @ParameterizedTest
    @CsvSource({"0", "100000"})
    void shouldBeWholeWhereALookHasNoBound(int read) {
        assertThat(new BroadcastQueue.Bounds(256, SocketFamily.IO_URING.lookSockets(32), 0).sliceAfter(read))
                .isEqualTo(256);
    }
}
