package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Host;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;

/**
 * What one host allows, as it really is.
 *
 * @param files open files
 * @param network ports, queues and tables
 * @param memory what there is
 * @param cores processors that may be used, at least 1
 */
public record HostFacts(Files files, Network network, Memory memory, int cores) {
    /**
     * Open files.
     *
     * @param limit of one descriptor table
     * @param tablesPermitted whether a thread may have a table of its own
     * @param ceiling {@code fs.nr_open}: what a limit can be raised to
     * @param max what is left of {@code fs.file-max}, for all processes together
     * @param exemptFromMax this user may exceed {@code fs.file-max} (CAP_SYS_ADMIN), as nginx workers, which give up root, may not
     */
    public record Files(long limit, boolean tablesPermitted, long ceiling, long max, boolean exemptFromMax) {}

    /**
     * Ports, queues and tables.
     *
     * @param ports {@code net.ipv4.ip_local_port_range}
     * @param backlogMax {@code net.core.somaxconn}: a longer backlog is cut to it
     * @param tcpMemoryPages the third value of {@code net.ipv4.tcp_mem}
     * @param isTracked whether connections are entered into the flow table: told by entries in it
     * @param flowsMax {@code net.netfilter.nf_conntrack_max}; 0 when there is no table
     * @param flowsNow entries that are taken
     */
    public record Network(
            PortRange ports, long backlogMax, long tcpMemoryPages, boolean isTracked, long flowsMax, long flowsNow) {}

    /**
     * Memory.
     *
     * @param totalBytes of the machine, or of the group of processes when that has a limit
     * @param availableBytes what can be had without swapping
     */
    public record Memory(long totalBytes, long availableBytes) {}

    /**
     * The host of a record, or this one. A limit that could not be read is as wide as it may be.
     *
     * @param host effective limits by name
     * @param tablesPermitted whether a thread may have a descriptor table of its own
     */
    public static HostFacts of(Host host, boolean tablesPermitted) {
        HostText text = new HostText(host);
        long flows = text.number("net.netfilter.nf_conntrack_count", 0);
        long total = Math.min(host.memoryBytes(), text.number("memory.max", Long.MAX_VALUE));
        return new HostFacts(
                new Files(
                        text.number("nofile", 1 << 30),
                        tablesPermitted,
                        text.number("fs.nr_open", 1 << 20),
                        text.number("fs.file-max", Long.MAX_VALUE) - text.number("fs.file-nr", 0),
                        text.mayExceedFileMax()),
                new Network(
                        text.ports(),
                        text.number("net.core.somaxconn", 4_096),
                        text.last("net.ipv4.tcp_mem", Long.MAX_VALUE),
                        flows > 0,
                        text.number("net.netfilter.nf_conntrack_max", 0),
                        flows),
                new Memory(total, Math.min(total, text.number("memory.available", total))),
                host.cores());
    }

    /** As the proxy layer has it. */
    public HostLimits limits() {
        return new HostLimits(Math.toIntExact(Math.clamp(files.limit, 64, 1 << 30)), network.ports, cores);
    }

    /** What one process of agents or gateway can hold. */
    public Descriptors descriptors() {
        return new Descriptors(files.limit, files.tablesPermitted);
    }
}
