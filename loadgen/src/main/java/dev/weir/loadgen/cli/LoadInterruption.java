package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.LoadRun;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM during a plain load: the load ends early, its results are reported, then the process ends with 130.
 *
 * <p><b>Threading:</b> made and closed by the thread that runs the load; the rest happens on the JVM's shutdown thread. <b>Bounds:</b> the report
 * may take {@link #PATIENCE_SECONDS}.
 */
final class LoadInterruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final LoadRun run;
    private final CountDownLatch reported = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "weir-load-interrupt");

    LoadInterruption(LoadRun run) {
        this.run = run;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        run.interrupt();
        try {
            if (!reported.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("weir: the report took longer than " + PATIENCE_SECONDS + " s and was cut short");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // A signal came first: the hook waits for this.
            reported.countDown();
        }
    }
}
