package dev.weir.loadgen.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM: the thread that drives a run is interrupted, puts everything back and writes what it has; then the process ends with
 * 130.
 *
 * <p><b>Threading:</b> made and closed by the driving thread; the rest happens on the JVM's shutdown thread.
 * <b>Bounds:</b> clean-up may take {@value #PATIENCE_SECONDS} seconds; what is left then ends with this process, because its supervisors
 * see the pipe close.
 */
public final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final int EXIT_CODE = 130;

    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final Thread driver = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupt, "weir-interrupt");

    /** Watches for signals on behalf of the calling thread. */
    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether a signal has come. */
    public boolean requested() {
        return requested.get();
    }

    private void interrupt() {
        requested.set(true);
        driver.interrupt();
        try {
            if (!cleaned.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("weir: clean-up took longer than " + PATIENCE_SECONDS + " s and was cut short");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    /** Everything is put back. When a signal has come, the process ends here. */
    @Override
    public void close() {
        if (requested()) {
            cleaned.countDown();
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The signal came between the question and now: the hook waits for this.
            cleaned.countDown();
        }
    }
}
