package dev.weir.loadgen.agent;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.client.PushServer;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.DeliveryCounts;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.wire.MeasuredMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InProcessAgentIT {
    private final PushServer server = new PushServer();
    private final Agent agent = new InProcessAgent(LoopShape.shared(2), true, 1);

    @AfterEach
    void close() {
        await(agent.close());
        server.close();
    }

    @Test
    void shouldHoldAndReceiveWhenTwoThousandConnect() {
        ConnectPlan plan = ConnectPlan.of(server.target(), 2_000).withRooms(10, true);
        await(agent.open(plan));
        long first = System.nanoTime();
        for (int sequence = 1; sequence <= 3; sequence++) {
            server.push("everyone", message("everyone", sequence, first));
            server.push("room-3", message("room-3", sequence, first));
        }
        Sent three = new Sent(first, 3, List.of());
        await(agent.settle(Map.of("everyone", three, "room-3", three), 5_000));

        Tally tally = await(agent.tally());

        assertThat(tally.opened()).isEqualTo(2_000);
        assertThat(tally.held()).isEqualTo(2_000);
        assertThat(tally.failures()).isEmpty();
        assertThat(tally.closes()).isEmpty();
        assertThat(tally.deliveries(Cohort.NORMAL)).isEqualTo(new DeliveryCounts(6_600, 0, 0, 0));
        assertThat(tally.connectMicros().count()).isEqualTo(2_000);
        assertThat(tally.deliverActualMicros().count()).isEqualTo(6_600);
        assertThat(tally.generator().cpuShare()).isBetween(0.01, 1.0);
    }

    private static String message(String room, int sequence, long first) {
        return MeasuredMessage.build(room, sequence, first, System.nanoTime(), System.nanoTime(), 128);
    }
}
