package dev.weir.gateway.server;

import dev.weir.gateway.broker.Broker;
import dev.weir.gateway.broker.MemoryBroker;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.protocol.WireCodec;
import io.netty.util.internal.OutOfDirectMemoryError;
import io.netty.util.internal.PlatformDependent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way of a message from whoever publishes it, through the broker, to every loop.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Bounds:</b> {@value #IN_FLIGHT_MAX} messages, and a quarter of the process's direct memory, that not every loop has
 * delivered, and for each of up to 4 KiB a second frame with a ping in it; beyond that publishing fails with {@link Overloaded}.
 */
final class Publisher {
    private static final int IN_FLIGHT_MAX = 4096;

    private final List<ParkingLoop> loops;
    private final WireCodec codec;
    private final Broker broker;
    private final InFlight inFlight = new InFlight(IN_FLIGHT_MAX, PlatformDependent.estimateMaxDirectMemory() / 4);

    Publisher(List<ParkingLoop> loops, WireCodec codec) {
        this.loops = loops;
        this.codec = codec;
        this.broker = new MemoryBroker<>(this::ready, this::deliver);
    }

    CompletionStage<Void> publish(Push.Publication publication) {
        try {
            return broker.publish(publication);
        } catch (OutOfDirectMemoryError e) {
            return CompletableFuture.failedStage(
                    new Overloaded("memory for the message must be free; publish more slowly"));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Broadcast ready(Push.Publication publication) {
        int payloadBytes = publication.data().length();
        inFlight.enter(payloadBytes, publication.publisher().isPresent());
        boolean made = false;
        try {
            Broadcast broadcast = Broadcast.of(publication, codec, loops.size(), () -> inFlight.leave(payloadBytes));
            made = true;
            return broadcast;
        } finally {
            if (!made) {
                inFlight.leave(payloadBytes);
            }
        }
    }

    private void deliver(Broadcast broadcast) {
        for (ParkingLoop loop : loops) {
            try {
                loop.execute(() -> loop.broadcasts().add(broadcast));
            } catch (RejectedExecutionException loopHasEnded) {
                broadcast.finish();
            }
        }
    }
}
