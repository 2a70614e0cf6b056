package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.server.HubFixture;
import dev.weir.gateway.server.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A healthy connection beside the hostile ones: it gets a message every 20 ms, and in the end every one of them must have come, in
 * order and soon.
 */
final class Neighbour {
    /** A shared build machine stalls by itself now and then; an attack that reaches its neighbours stalls them for longer. */
    private static final long LATENCY_MILLIS_MAX = 1000;

    private final HubFixture fixture;
    private final RawClient client;
    private final Thread publisher;
    private final Thread reader;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong latencyNanosMax = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private volatile boolean leaving;

    Neighbour(HubFixture fixture) throws IOException {
        this.fixture = fixture;
        this.client = RawClient.subscribed(fixture.port(), "neighbour");
        this.reader = Thread.startVirtualThread(this::read);
        this.publisher = Thread.startVirtualThread(this::publish);
    }

    private void publish() {
        try {
            while (!leaving) {
                String data = "[" + published.get() + "," + System.nanoTime() + "]";
                HubFixture.await(
                        fixture.hub().publish("neighbour", Payload.of(data.getBytes(StandardCharsets.US_ASCII))));
                published.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            while (true) {
                String text = client.readFrame().text();
                if (text.equals("{}")) {
                    client.sendText("{}");
                    continue;
                }
                String[] data =
                        text.substring(text.indexOf('[') + 1, text.indexOf(']')).split(",", -1);
                if (Long.parseLong(data[0]) != received.get()) {
                    return;
                }
                long nanos = System.nanoTime() - Long.parseLong(data[1]);
                latencyNanosMax.accumulateAndGet(nanos, Math::max);
                received.incrementAndGet();
            }
        } catch (IOException e) {
            leaving = true;
        }
    }

    /** Stops publishing and checks what came. */
    void end() throws Exception {
        assertThat(leaving).as("the neighbour was disconnected").isFalse();
        leaving = true;
        publisher.join();
        HubFixture.eventually(() -> received.get() == published.get());
        assertThat(TimeUnit.NANOSECONDS.toMillis(latencyNanosMax.get()))
                .as("worst latency of the neighbour, in milliseconds")
                .isLessThan(LATENCY_MILLIS_MAX);
        client.close();
        reader.join();
    }
}
