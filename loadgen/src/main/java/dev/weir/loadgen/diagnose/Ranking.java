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

    /** Without an end of a process for which a cause of its own is named at the same hop. */
    static List<Cause> withoutExplained(List<Cause> causes) {
        Set<Resource> reasons = Set.of(Resource.MEMORY_LIMIT, Resource.PROCESS_HEAP, Resource.RELOAD);
        return causes.stream()
                .filter(cause -> cause.resource() != Resource.PROCESS_EXIT
                        || causes.stream()
                                .noneMatch(other -> reasons.contains(other.resource())
                                        && other.hop().equals(cause.hop())
                                        && other.rank().compareTo(cause.rank()) <= 0))
                .toList();
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
            case CONNTRACK_TABLE, CONNECTION_TRACKING -> Set.of(Resource.NETWORK_PATH, Resource.HALF_OPEN);
            case WORKER_PREALLOCATION -> Set.of(Resource.MEMORY_LIMIT);
            case WORKER_SKEW -> Set.of(Resource.WORKER_SLOTS, Resource.FILE_DESCRIPTORS);
            case SOURCE_PORTS,
                    SOCKET_QUEUES,
                    PROXY_BUFFERS,
                    IDLE_TIMEOUT,
                    SEND_TIMEOUT,
                    MEMORY_LIMIT,
                    TCP_MEMORY,
                    ORPHANS,
                    ACCEPT_QUEUE,
                    PROCESS_HEAP,
                    RELOAD,
                    HALF_OPEN,
                    NETWORK_PATH,
                    SLOW_CONSUMER_POLICY,
                    ADMISSION_LIMIT,
                    TEARDOWN_BURST,
                    GENERATOR -> Set.of();
        };
    }

    /** Among equally sure causes, the smaller stands first: a ceiling that ended connections before what leads up to it. */
    private static int depth(Resource resource) {
        return switch (resource) {
            case MEMORY_LIMIT, TCP_MEMORY, ORPHANS -> 0;
            case PROCESS_HEAP, PROCESS_EXIT, RELOAD -> 1;
            case SOURCE_PORTS, FILE_DESCRIPTORS, WORKER_SLOTS, CONNTRACK_TABLE, ADMISSION_LIMIT -> 2;
            case SLOW_READERS, IDLE_TIMEOUT, NETWORK_PATH, CONNECTION_TRACKING, WORKER_SKEW -> 3;
            case SEND_TIMEOUT, SLOW_CONSUMER_POLICY, TEARDOWN_BURST, HALF_OPEN, PROCESSOR -> 4;
            case SOCKET_QUEUES, PROXY_BUFFERS, WORKER_PREALLOCATION -> 5;
            case ACCEPT_QUEUE -> 6;
            case GENERATOR -> 7;
        };
    }
}
