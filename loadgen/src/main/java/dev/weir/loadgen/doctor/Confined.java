package dev.weir.loadgen.doctor;

import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.plan.Limit;
import dev.weir.loadgen.plan.Severity;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Confinement;
import dev.weir.loadgen.scenario.Crew;
import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.HaproxyBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Limits that are put around the processes of one hop, against what the load needs of them. */
final class Confined {
    /** Descriptors of an nginx worker beside its connections: listeners, logs, epoll, channel to the master. */
    private static final int WORKER_FILES = 16;
    /** Descriptors of an agent beside its connections. <b>Source:</b> measured: 60 to 90, libraries and two event loops. */
    private static final int AGENT_FILES = 80;
    /** Descriptors that the gateway keeps back before it admits: see its own configuration. */
    private static final int GATEWAY_FILES = 256;
    /** <b>Source:</b> measured: an idle WebSocket with two buffers of 4k takes 18 KB of a worker; what is left are pools and headers. */
    private static final long BYTES_BESIDE_BUFFERS = 10_000;

    /** Address space beside heap and stacks: a gigabyte for classes, a quarter for code, the rest for arenas of the allocator. <b>Source:</b> measured, JDK 25. */
    private static final long JVM_ADDRESS_BYTES = 2_500L << 20;

    private static final long WORKER_BYTES = 8L << 20;

    private Confined() {}

    static List<Limit> limits(Chain chain, List<Station> stations, int cores) {
        List<Limit> limits = new ArrayList<>();
        for (int i = 1; i < stations.size(); i++) {
            servers(chain, stations.get(i - 1), stations.get(i)).ifPresent(limits::add);
        }
        for (Station station : stations) {
            Confinement around = chain.surroundings().of(station.name());
            switch (station) {
                case Station.Proxy proxy -> {
                    around.openFiles().ifPresent(files -> limits.add(files(chain, proxy, files, cores)));
                    around.memoryBytes().ifPresent(bytes -> {
                        limits.add(memory(chain, proxy, bytes));
                        limits.add(slots(chain, proxy, bytes, cores));
                    });
                }
                case Station.Haproxy proxy ->
                    around.openFiles().ifPresent(files -> limits.add(haproxy(chain, proxy, files)));
                case Station.Gateway gateway ->
                    around.openFiles().ifPresent(files -> limits.add(admission(chain, gateway, files)));
                case Station.Agents _ -> {
                    around.addressSpaceBytes()
                            .ifPresent(bytes -> threads(chain, bytes).ifPresent(limits::add));
                    around.openFiles().ifPresent(files -> limits.add(agentFiles(chain, files)));
                }
                case Station.Target _ -> {
                    // Nothing of it is confined by a scenario.
                }
            }
        }
        return limits;
    }

    /** What the settings of a chain allow each server of the next hop. */
    private static Optional<Limit> servers(Chain chain, Station from, Station to) {
        String each = chain.settings().getOrDefault(from.name() + ".max_conns", "");
        if (!each.matches("[1-9]\\d{0,8}")) {
            return Optional.empty();
        }
        int servers = to.processes() * to.listening();
        long room = Long.parseLong(each) * servers * from.processes();
        return Optional.of(limit(
                Resource.ADMISSION_LIMIT,
                from.name(),
                "connections",
                chain.connections(),
                room,
                room,
                String.format(Locale.ROOT, "max_conns=%s at %,d servers of the next hop", each, servers)));
    }

    private static Limit files(Chain chain, Station.Proxy proxy, long files, int cores) {
        int workers = workers(proxy, cores);
        long usable = Math.max(0, files - WORKER_FILES) * workers * proxy.processes();
        return limit(
                Resource.FILE_DESCRIPTORS,
                proxy.name(),
                "descriptors",
                Capacity.slotsWanted(chain.connections()),
                usable,
                usable * chain.connections() / Capacity.slotsWanted(chain.connections()),
                String.format(
                        Locale.ROOT,
                        "two descriptors a WebSocket and a fifth to spare; %,d workers whose effective limit is %,d",
                        workers,
                        files));
    }

    private static Limit haproxy(Chain chain, Station.Haproxy proxy, long files) {
        long share = Math.ceilDiv(chain.connections(), proxy.processes());
        return limit(
                Resource.FILE_DESCRIPTORS,
                proxy.name(),
                "descriptors",
                share * HaproxyBudget.DESCRIPTORS_PER_CONNECTION + HaproxyBudget.DESCRIPTORS_RESERVED,
                files,
                (long) HaproxyBudget.maxconnMax(Math.toIntExact(Math.min(files, Integer.MAX_VALUE)))
                        * proxy.processes(),
                String.format(
                        Locale.ROOT,
                        "two descriptors a WebSocket in one process, whose effective limit is %,d",
                        files));
    }

    private static int workers(Station.Proxy proxy, int cores) {
        return proxy.workers().processes() == 0
                ? Math.min(cores, 16)
                : proxy.workers().processes();
    }

    /** Slots are there twice while a reload's old workers hold connections; no more than half of the memory is for them. */
    private static Limit slots(Chain chain, Station.Proxy proxy, long bytes, int cores) {
        int workers = workers(proxy, cores);
        long needed = 2 * Capacity.preallocatedBytes(workers, proxy.workers().slots());
        return limit(
                Resource.WORKER_PREALLOCATION,
                proxy.name(),
                "bytes",
                needed,
                bytes / 2,
                needed > bytes / 2 ? 0 : chain.connections(),
                String.format(
                        Locale.ROOT,
                        "%,d workers of %,d slots, %,d bytes each, taken at start and twice across a reload; half of a limit of %,d bytes",
                        workers,
                        proxy.workers().slots(),
                        Capacity.BYTES_PER_SLOT,
                        bytes));
    }

    private static Limit memory(Chain chain, Station.Proxy proxy, long bytes) {
        long each = BYTES_BESIDE_BUFFERS + 2 * proxy.workers().bufferBytes();
        long room = Math.max(0, bytes - WORKER_BYTES);
        long share = Math.ceilDiv(chain.connections(), proxy.processes());
        return limit(
                Resource.MEMORY_LIMIT,
                proxy.name(),
                "bytes",
                WORKER_BYTES + each * share,
                bytes,
                room / each * proxy.processes(),
                String.format(
                        Locale.ROOT,
                        "%,d bytes a WebSocket when both its buffers are touched; a limit of %,d bytes",
                        each,
                        bytes));
    }

    private static Limit admission(Chain chain, Station.Gateway gateway, long files) {
        long admitted = Math.max(0, files - GATEWAY_FILES) * gateway.processes();
        return limit(
                Resource.ADMISSION_LIMIT,
                gateway.name(),
                "connections",
                chain.connections(),
                admitted,
                admitted,
                String.format(
                        Locale.ROOT,
                        "the gateway admits by its effective limit of %,d open files less %,d that it keeps",
                        files,
                        GATEWAY_FILES));
    }

    private static Limit agentFiles(Chain chain, long files) {
        int agents = chain.surroundings().crew() instanceof Crew.Loops loops ? Math.max(1, loops.processes()) : 1;
        long held = Math.max(0, files - AGENT_FILES) * agents;
        return limit(
                Resource.FILE_DESCRIPTORS,
                "agents",
                "descriptors",
                chain.connections() + (long) AGENT_FILES * agents,
                files * agents,
                held,
                String.format(
                        Locale.ROOT,
                        "a descriptor a WebSocket and %,d for itself; %,d agents whose effective limit is %,d",
                        AGENT_FILES,
                        agents,
                        files));
    }

    /** Agents with a thread for each connection; those with event loops need no address space for one. */
    private static Optional<Limit> threads(Chain chain, long bytes) {
        if (!(chain.surroundings().crew() instanceof Crew.Threads threads)) {
            return Optional.empty();
        }
        long room = Math.max(0, bytes - threads.heapBytes() - JVM_ADDRESS_BYTES);
        return Optional.of(limit(
                Resource.GENERATOR,
                "agents",
                "bytes",
                threads.heapBytes() + JVM_ADDRESS_BYTES + chain.connections() * threads.stackBytes(),
                bytes,
                room / threads.stackBytes(),
                String.format(
                        Locale.ROOT,
                        "a heap of %,d bytes, what the virtual machine takes beside it, and %,d bytes of address space for each thread",
                        threads.heapBytes(),
                        threads.stackBytes())));
    }

    private static Limit limit(
            Resource resource, String hop, String unit, long needed, long allowed, long fits, String says) {
        return new Limit(
                resource,
                hop,
                Severity.BREAKS,
                unit,
                needed,
                allowed,
                fits,
                says,
                "raise the limit around " + hop + ", or take more processes",
                "");
    }
}
