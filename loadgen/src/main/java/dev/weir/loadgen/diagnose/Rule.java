package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Knows the signature of one resource; its thresholds are constants of the class. */
sealed interface Rule
        permits AcceptQueue,
                AdmissionLimit,
                ConnectionTracking,
                ConntrackTable,
                FileDescriptors,
                Generator,
                HalfOpen,
                IdleTimeout,
                MemoryLimit,
                NetworkPath,
                Orphans,
                ProcessExit,
                ProcessHeap,
                Processor,
                ProxyBuffers,
                Reload,
                SendTimeout,
                SlowConsumerPolicy,
                SlowReaders,
                SocketQueues,
                SourcePorts,
                TcpMemory,
                TeardownBurst,
                WorkerPreallocation,
                WorkerSkew,
                WorkerSlots {
    /** The causes of its kind that the facts speak for, none when they do not. */
    List<Cause> judge(Facts facts);

    /** What is found at each of some hops, in their order. */
    static List<Cause> at(List<String> hops, Function<String, Optional<Cause>> judge) {
        return hops.stream().flatMap(hop -> judge.apply(hop).stream()).toList();
    }
}
