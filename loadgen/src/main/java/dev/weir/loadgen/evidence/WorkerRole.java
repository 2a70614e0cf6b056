package dev.weir.loadgen.evidence;

/**
 * What a child of a proxy's master does, from its own title.
 *
 * <p><b>Source:</b> src/os/unix/ngx_process_cycle.c: {@code worker process}, {@code worker process is shutting down}, {@code cache manager process},
 * {@code cache loader process}. HAProxy's children have no title of their own and serve.
 */
enum WorkerRole {
    SERVING,
    SHUTTING_DOWN,
    HELPER;

    /** The role of a process with this command line. */
    static WorkerRole of(String commandLine) {
        if (commandLine.contains("worker process is shutting down")) {
            return SHUTTING_DOWN;
        }
        return commandLine.contains("cache manager process") || commandLine.contains("cache loader process")
                ? HELPER
                : SERVING;
    }
}
