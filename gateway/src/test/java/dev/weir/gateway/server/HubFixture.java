package dev.weir.gateway.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A started hub and the control instance that it answers on. */
public final class HubFixture implements AutoCloseable {
    private final Vertx control = Vertx.vertx();
    private final ParkedHub hub;

    public HubFixture(TestConfig config) {
        hub = await(ParkedHub.start(control, config.build(), "test"));
    }

    public ParkedHub hub() {
        return hub;
    }

    public Vertx control() {
        return control;
    }

    public int port() {
        return hub.ports().getFirst();
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the loops' readings, which are up to a tick old, show what is expected. */
    public static void eventually(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("condition must hold within 10 s");
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        await(hub.close());
        await(control.close());
    }
}
