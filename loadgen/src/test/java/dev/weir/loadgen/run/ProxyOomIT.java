package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ProxyOom;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ProxyOomIT {
    private static final int CONNECTIONS = 500;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"broken", "folklore"})
    void shouldKillTheWorkerWhateverTheOtherBuffersAre(String variant) {
        RunRecord record = Lab.run(new ProxyOom(), variant, Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.MEMORY_LIMIT);
        assertThat(top.hop()).isEqualTo("edge");
        assertThat(record.causes())
                .as("what filled it")
                .anyMatch(cause -> cause.resource() == Resource.PROXY_BUFFERS
                        && cause.hop().equals("edge")
                        && cause.rank() == Rank.CERTAIN);
        assertThat(record.forecast()).singleElement().satisfies(foretold -> {
            assertThat(foretold.resource()).isEqualTo(Resource.MEMORY_LIMIT);
            assertThat(foretold.hop()).isEqualTo("edge");
        });
    }

    @Test
    void shouldStayFlatWhenTheOneBufferThatCountsIsSmall() {
        RunRecord record = Lab.run(new ProxyOom(), "fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.forecast()).isEmpty();
        assertThat(record.causes()).noneMatch(cause -> cause.resource() == Resource.PROXY_BUFFERS);
    }

    @Test
    void shouldTellTheKernelsQueuesFromTheProxysBuffers() {
        RunRecord record = Lab.run(new ProxyOom(), "kernel", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        Lab.assertWellFounded(record);
        assertThat(record.causes())
                .anyMatch(cause -> cause.resource() == Resource.SOCKET_QUEUES
                        && cause.hop().equals("edge")
                        && cause.rank() == Rank.CERTAIN)
                .noneMatch(cause -> cause.resource() == Resource.PROXY_BUFFERS);
    }

    @Test
    void shouldQueueLittleInTheKernelWhenSocketBuffersAreSmall() {
        RunRecord record = Lab.run(new ProxyOom(), "kernel-fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
    }
}
