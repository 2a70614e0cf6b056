package dev.weir.loadgen.agent;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.loadgen.client.DescriptorTables;
import dev.weir.loadgen.client.PushServer;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.DeliveryCounts;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.wire.MeasuredMessage;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChildAgentIT {
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"));

    private final PushServer server = new PushServer();
    private final ChildAgent first;
    private final ChildAgent second;

    ChildAgentIT() throws IOException {
        first = ChildAgent.start(JAVA, LoopShape.shared(1), 1, 0);
        second = ChildAgent.start(JAVA, LoopShape.shared(1), 2, 0);
    }

    @AfterEach
    void close() {
        await(first.close());
        await(second.close());
        server.close();
    }

    @Test
    void shouldAddUpWhenChildrenShareAPlan() {
        Agent both = new Ensemble(List.of(first, second));
        await(both.open(ConnectPlan.of(server.target(), 201).withRooms(1, false)));
        long now = System.nanoTime();
        server.push("room-0", MeasuredMessage.build("room-0", 1, now, now, now, 128));
        await(both.settle(Map.of("room-0", new Sent(now, 1, List.of())), 5_000));

        Tally tally = await(both.tally());

        assertThat(tally.held()).isEqualTo(201);
        assertThat(tally.deliveries(Cohort.NORMAL)).isEqualTo(new DeliveryCounts(201, 0, 0, 0));
        assertThat(tally.connectMicros().count()).isEqualTo(201);
        assertThat(tally.generator().lostAgents()).isZero();
    }

    @Test
    void shouldBringBackThoseThatLeaveWithoutCountingThemAsClosed() {
        Agent both = new Ensemble(List.of(first, second));
        await(both.open(ConnectPlan.of(server.target(), 201).withRooms(1, false)));
        Tally opened = await(both.tally());

        await(both.leave(new LeaveOrder(21, 0, 4)));
        Tally back = await(both.tally());

        assertThat(opened.opened()).isEqualTo(201);
        assertThat(back.opened()).isEqualTo(21);
        assertThat(back.held()).isEqualTo(201);
        assertThat(back.closed()).isZero();
        assertThat(back.failed()).isZero();
    }

    @Test
    void shouldKeepThoseThatLeaveAwayForAsLongAsAsked() {
        Agent both = new Ensemble(List.of(first, second));
        await(both.open(ConnectPlan.of(server.target(), 201).withRooms(1, false)));

        long startNanos = System.nanoTime();
        Future<Void> back = both.leave(new LeaveOrder(21, 1_000, 4));
        long away = await(both.tally()).held();
        await(back);

        assertThat(away).isEqualTo(180);
        assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(await(both.tally()).held()).isEqualTo(201);
    }

    @Test
    void shouldHoldInTablesOfTheirLoops() throws IOException {
        assumeThat(DescriptorTables.refusal())
                .as("this sandbox refuses a descriptor table to a thread")
                .isEmpty();
        ChildAgent split = ChildAgent.start(JAVA, new LoopShape(4, true), 3, 0);
        try {
            await(split.open(ConnectPlan.of(server.target(), 400).withRooms(1, false)));
            long now = System.nanoTime();
            server.push("room-0", MeasuredMessage.build("room-0", 1, now, now, now, 128));
            await(split.settle(Map.of("room-0", new Sent(now, 1, List.of())), 5_000));
            await(split.leave(new LeaveOrder(40, 0, 8)));

            Tally tally = await(split.tally());

            assertThat(tally.held()).isEqualTo(400);
            assertThat(tally.deliveries(Cohort.NORMAL)).isEqualTo(new DeliveryCounts(400, 0, 0, 0));
            assertThat(tally.failures()).isEmpty();
        } finally {
            await(split.close());
        }
    }

    @Test
    void shouldCountALostAgentOnceWhenAChildIsKilled() {
        Agent both = new Ensemble(List.of(first, second));
        await(both.open(ConnectPlan.of(server.target(), 20)));
        await(both.tally());

        assertThat(ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly())
                .isTrue();
        Tally after = await(both.tally());
        for (int i = 0; i < 100 && after.generator().lostAgents() == 0; i++) {
            after = after.then(await(both.tally()));
        }

        assertThat(after.generator().lostAgents()).isEqualTo(1);
        assertThat(await(both.tally()).held()).isEqualTo(10);
        assertThat(await(both.tally()).generator().lostAgents()).isZero();
    }
}
