package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import java.util.List;

/** Knows the signature of one resource; its thresholds are constants of the class. */
sealed interface Rule
        permits AcceptQueue,
                AdmissionLimit,
                FileDescriptors,
                Generator,
                IdleTimeout,
                ProcessExit,
                SendTimeout,
                SlowConsumerPolicy,
                SlowReaders,
                SocketQueues,
                SourcePorts,
                WorkerSlots {
    /** The causes of its kind that the facts speak for, none when they do not. */
    List<Cause> judge(Facts facts);
}
