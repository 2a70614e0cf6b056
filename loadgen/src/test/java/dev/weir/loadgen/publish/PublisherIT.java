package dev.weir.loadgen.publish;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.agent.Agent;
import dev.weir.loadgen.agent.ConnectPlan;
import dev.weir.loadgen.agent.InProcessAgent;
import dev.weir.loadgen.agent.LoopShape;
import dev.weir.loadgen.client.PushServer;
import dev.weir.loadgen.client.TlsTrust;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.DeliveryCounts;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.pace.ConstantRate;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PublisherIT {
    private final PushServer server = new PushServer();
    private final Vertx vertx = Vertx.vertx();
    private final Agent agent = new InProcessAgent(LoopShape.shared(1), true, 1);

    @AfterEach
    void close() {
        await(agent.close());
        await(vertx.close());
        server.close();
    }

    private Tally publish(Publisher publisher, int messages) {
        await(agent.open(ConnectPlan.of(server.target(), 50).withRooms(2, false)));
        await(publisher.publish(new PublishPlan(List.of("room-0", "room-1"), new ConstantRate(200), messages, 128)));
        await(agent.settle(publisher.sent(), 5_000));
        return await(agent.tally());
    }

    @Test
    void shouldDeliverAllInOrderWhenPublishedThroughTheApi() {
        Publisher publisher = new Publisher(vertx, new ApiOutlet(vertx, List.of(server.api()), "key"));
        Tally tally = publish(publisher, 40);
        assertThat(tally.deliveries(Cohort.NORMAL)).isEqualTo(new DeliveryCounts(20 * 50, 0, 0, 0));
        PublishTally published = publisher.tally();
        assertThat(published.accepted()).isEqualTo(40);
        assertThat(published.answerMicros().count()).isEqualTo(40);
        assertThat(published.operation().answered()).isEqualTo(40);
        assertThat(publisher.sent().get("room-1")).isNotNull().satisfies(sent -> assertThat(sent.lastSequence())
                .isEqualTo(20));
        assertThat(tally.deliverIntendedMicros().at(50))
                .isGreaterThanOrEqualTo(tally.deliverActualMicros().at(50));
    }

    @Test
    void shouldDeliverAllInOrderWhenPublishedThroughAConnection() {
        SocketOutlet outlet = await(SocketOutlet.connect(vertx, server.target(), List.of("X-Test: 1"), TlsTrust.JDK));
        Publisher publisher = new Publisher(vertx, outlet);
        Tally tally = publish(publisher, 40);
        assertThat(tally.deliveries(Cohort.NORMAL)).isEqualTo(new DeliveryCounts(20 * 50, 0, 0, 0));
        assertThat(publisher.tally().accepted()).isEqualTo(40);
        await(publisher.close());
    }

    @Test
    void shouldOweNothingWhenTheServerRefuses() {
        Publisher wrongKey = new Publisher(vertx, new ApiOutlet(vertx, List.of(server.api()), "wrong"));
        Tally tally = publish(wrongKey, 6);
        assertThat(tally.deliveries(Cohort.NORMAL)).isEqualTo(DeliveryCounts.NONE);
        assertThat(wrongKey.tally().refused()).isEqualTo(6);
    }

    @Test
    void shouldRefuseWhenNothingListens() {
        ApiOutlet outlet = new ApiOutlet(vertx, List.of(URI.create("http://127.0.0.1:1")), "");
        assertThat(await(outlet.send("room-0", "{}"))).isEqualTo(Outlet.Answer.REFUSED);
    }

    @Test
    void shouldGoToEachIslandWhenThereAreSeveral() {
        try (PushServer other = new PushServer()) {
            ApiOutlet both = new ApiOutlet(vertx, List.of(server.api(), other.api()), "key");
            assertThat(await(both.send("room-0", "{}"))).isEqualTo(Outlet.Answer.ACCEPTED);
            assertThat(server.published).hasValue(1);
            assertThat(other.published).hasValue(1);
        }
    }
}
