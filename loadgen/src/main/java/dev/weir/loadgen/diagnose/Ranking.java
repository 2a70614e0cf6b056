package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Puts causes in order: the surest first, and what leads to another before that other. */
final class Ranking {
    private Ranking() {}

    static List<Cause> order(List<Cause> causes) {
        List<Cause> ordered = new ArrayList<>(causes);
        ordered.sort(Comparator.comparing(Cause::rank).thenComparingInt(cause -> depth(cause.resource())));
        for (int i = 1; i < ordered.size(); i++) {
            int to = firstConsequence(ordered, i);
            if (to < i) {
                ordered.add(to, ordered.remove(i));
            }
        }
        return ordered;
    }

    /** Where the first cause before {@code i} stands that the one at {@code i} leads to; {@code i} when there is none. */
    private static int firstConsequence(List<Cause> ordered, int i) {
        Cause root = ordered.get(i);
        if (root.rank() == Rank.POSSIBLE) {
            return i;
        }
        for (int j = 0; j < i; j++) {
            if (leadsTo(root.resource()).contains(ordered.get(j).resource())) {
                return j;
            }
        }
        return i;
    }

    private static Set<Resource> leadsTo(Resource resource) {
        return switch (resource) {
            case SLOW_READERS -> Set.of(Resource.SEND_TIMEOUT, Resource.SLOW_CONSUMER_POLICY, Resource.SOCKET_QUEUES);
            case PROCESS_EXIT -> Set.of(Resource.ACCEPT_QUEUE);
            case FILE_DESCRIPTORS, WORKER_SLOTS, PROCESSOR -> Set.of(Resource.ACCEPT_QUEUE);
            case SOCKET_QUEUES, PROXY_BUFFERS -> Set.of(Resource.TCP_MEMORY, Resource.MEMORY_LIMIT);
            case SOURCE_PORTS,
                    WORKER_PREALLOCATION,
                    IDLE_TIMEOUT,
                    SEND_TIMEOUT,
                    MEMORY_LIMIT,
                    CONNTRACK_TABLE,
                    CONNECTION_TRACKING,
                    TCP_MEMORY,
                    ORPHANS,
                    ACCEPT_QUEUE,
                    PROCESS_HEAP,
                    RELOAD,
                    WORKER_SKEW,
                    HALF_OPEN,
                    NETWORK_PATH,
                    SLOW_CONSUMER_POLICY,
                    ADMISSION_LIMIT,
                    TEARDOWN_BURST,
                    GENERATOR -> Set.of();
        };
    }

    /** Among equally sure causes, the smaller stands first. */
    private static int depth(Resource resource) {
        return switch (resource) {
            case PROCESS_EXIT, MEMORY_LIMIT, PROCESS_HEAP, RELOAD -> 0;
            case SOURCE_PORTS, FILE_DESCRIPTORS, WORKER_SLOTS, CONNTRACK_TABLE, ADMISSION_LIMIT -> 1;
            case SLOW_READERS, IDLE_TIMEOUT, HALF_OPEN, NETWORK_PATH, CONNECTION_TRACKING, WORKER_SKEW -> 2;
            case SEND_TIMEOUT, SLOW_CONSUMER_POLICY, TEARDOWN_BURST, PROCESSOR -> 3;
            case SOCKET_QUEUES, PROXY_BUFFERS, WORKER_PREALLOCATION -> 4;
            case TCP_MEMORY, ORPHANS, ACCEPT_QUEUE -> 5;
            case GENERATOR -> 6;
        };
    }
}
