package dev.weir.loadgen.topology;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that a signal to its caller must not end half way: it is done by a thread of its own, which nobody interrupts. An interrupted caller's own calls
 * would fail, those to an engine and those that write files alike, and its pauses would be none.
 */
final class Unhindered {
    private Unhindered() {}

    /** What is done. */
    interface Work {
        void run() throws IOException;
    }

    /**
     * Does it and waits for its end, however often the caller is interrupted; that is put back afterwards.
     *
     * @throws IOException when the work does
     */
    static void run(Work work) throws IOException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            work.run();
            return true;
        });
        Thread.ofPlatform().name("weir-undo").start(task);
        boolean interrupted = Thread.interrupted();
        try {
            while (!isDone(task)) {
                interrupted = true;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A pause in such work. */
    static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException nobodyDoes) {
            throw new IOException("interrupted", nobodyDoes);
        }
    }

    /** Waits for it; false when the caller was interrupted instead. */
    private static boolean isDone(FutureTask<Boolean> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException goesOn) {
            return false;
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }
}
