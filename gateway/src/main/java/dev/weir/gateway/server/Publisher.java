package dev.weir.gateway.server;

import dev.weir.gateway.broker.Broker;
import dev.weir.gateway.broker.MemoryBroker;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.protocol.WireCodec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way of a message from whoever publishes it, through the broker, to every loop.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Bounds:</b> {@value #IN_FLIGHT_MAX} messages that not every loop has delivered; beyond that publishing fails with
 * {@link Overloaded}.
 */
final class Publisher {
    private static final int IN_FLIGHT_MAX = 4096;

    private final List<ParkingLoop> loops;
    private final WireCodec codec;
    private final Broker broker;
    private final AtomicInteger inFlight = new AtomicInteger();

    Publisher(List<ParkingLoop> loops, WireCodec codec) {
        this.loops = loops;
        this.codec = codec;
        this.broker = new MemoryBroker<>(this::ready, this::deliver);
    }

    CompletionStage<Void> publish(Push.Publication publication) {
        if (inFlight.incrementAndGet() > IN_FLIGHT_MAX) {
            inFlight.decrementAndGet();
            return CompletableFuture.failedStage(
                    new Overloaded("messages in flight must be <= " + IN_FLIGHT_MAX + "; publish more slowly"));
        }
        return broker.publish(publication);
    }

    private Broadcast ready(Push.Publication publication) {
        return new Broadcast(publication, codec, loops.size(), inFlight::decrementAndGet);
    }

    private void deliver(Broadcast broadcast) {
        for (ParkingLoop loop : loops) {
            loop.execute(() -> loop.broadcasts().add(broadcast));
        }
    }
}
