package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.util.List;

/**
 * One source of figures.
 *
 * <p><b>Threading:</b> a probe is read by one thread at a time. <b>Bounds:</b> a read ends within {@link EvidenceCollector#READ_MILLIS_MAX}.
 */
sealed interface Probe
        permits CgroupProbe,
                ConnectProbe,
                ConntrackProbe,
                ContainerProbe,
                CounterProbe,
                ErrorLogProbe,
                HaproxyLogProbe,
                HaproxyStatusProbe,
                HostProbe,
                InterfaceProbe,
                KernelLogProbe,
                MetricsProbe,
                NamespaceProbe,
                PressureProbe,
                ProcessProbe,
                QuotaProbe,
                ServerLogProbe,
                SocketProbe,
                SockstatProbe,
                StatusProbe {
    /** Where it reads. */
    String hop();

    /** The probe's name in the record. */
    String name();

    /** Milliseconds between two samples, > 0. */
    default long periodMillis() {
        return 1_000;
    }

    /** Whether a read may run a tool, whose processor time is that of a child of this process. */
    default boolean usesTools() {
        return false;
    }

    /**
     * Reads all figures once.
     *
     * @throws IOException when the source cannot be read; its message becomes the reason in the record
     */
    List<Reading> read() throws IOException;
}
