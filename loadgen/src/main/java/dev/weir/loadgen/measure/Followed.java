package dev.weir.loadgen.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A figure that a long run follows, and the least change of it that says anything. */
public enum Followed {
    /** Java heap after a full collection: what is live. */
    HEAP("heap after gc", "bytes", 1 << 20, Duration.ZERO),
    /**
     * Resident memory of all processes of a hop. It rises for minutes while a JVM compiles and pools grow to the highest load they have seen.
     *
     * <p><b>Source:</b> a gateway of 2,000 connections went from 193 to 195 MB in three minutes, to 208 MB within seconds when the machine was busy, and
     * stayed there; its live heap was the same throughout.
     */
    RSS("rss", "bytes", 1 << 20, Duration.ofMinutes(10)),
    /** The same with shared pages divided among those that share them: it changes when any other process of the program ends, so it is not judged. */
    PSS("pss", "bytes", 1 << 20, Duration.ofMinutes(10)),
    /** Of the fullest descriptor table of each process. */
    DESCRIPTORS("descriptors", "1", 4, Duration.ZERO),
    THREADS("threads", "1", 2, Duration.ZERO),
    /** What a gateway holds for connections beyond what the kernel took; one slow reader may hold its bound. */
    QUEUED("queued bytes", "bytes", 1 << 20, Duration.ZERO),
    /** Bytes in all socket queues of the host. */
    KERNEL_QUEUES("kernel queues", "bytes", 4 << 20, Duration.ZERO);

    private final String label;
    private final String unit;
    private final double step;
    private final Duration settles;

    Followed(String label, String unit, double step, Duration settles) {
        this.label = label;
        this.unit = unit;
        this.step = step;
        this.settles = settles;
    }

    /** Its name in records, e.g. {@code heap after gc}. */
    public String label() {
        return label;
    }

    /** {@code 1} or {@code bytes}. */
    public String unit() {
        return unit;
    }

    /** A rise of no more than this over a whole run is one of the steps in which it moves anyway. */
    public double step() {
        return step;
    }

    /** For so long it may rise for reasons that end; nothing is projected before. */
    public Duration settles() {
        return settles;
    }

    /** The figure of that name. */
    public static Optional<Followed> labelled(String label) {
        return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
    }
}
