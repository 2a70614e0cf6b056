package dev.weir.loadgen.outcome;

import java.util.Locale;

/** The closed set of resources that can break a chain; the kebab-case {@link #id} is what records and pages use. */
public enum Resource {
    SOURCE_PORTS,
    FILE_DESCRIPTORS,
    WORKER_SLOTS,
    WORKER_PREALLOCATION,
    IDLE_TIMEOUT,
    SEND_TIMEOUT,
    SLOW_READERS,
    PROXY_BUFFERS,
    SOCKET_QUEUES,
    MEMORY_LIMIT,
    CONNTRACK_TABLE,
    CONNECTION_TRACKING,
    TCP_MEMORY,
    ORPHANS,
    ACCEPT_QUEUE,
    PROCESS_HEAP,
    PROCESSOR,
    PROCESS_EXIT,
    RELOAD,
    WORKER_SKEW,
    HALF_OPEN,
    NETWORK_PATH,
    SLOW_CONSUMER_POLICY,
    ADMISSION_LIMIT,
    TEARDOWN_BURST,
    GENERATOR;

    /** The name in records, pages and messages, e.g. {@code idle-timeout}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
