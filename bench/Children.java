import java.io.IOException;
import java.io.UncheckedIOException;

/** Sees to it that no child process outlives this JVM, however it ends short of SIGKILL. */
final class Children {
    private Children() {}

    /** @return what {@link #forget} takes when the process has ended in order */
    static Thread killAtExit(Process process) {
        Thread hook = new Thread(() -> process.destroyForcibly().onExit().join(), "kill " + process.pid());
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending, so the hook is running or has run.
        }
    }

    /** Ends a process that {@link #killAtExit} watches. */
    static void kill(Process process, Thread hook) {
        process.destroyForcibly().onExit().join();
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        forget(hook);
    }
}
