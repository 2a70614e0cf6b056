package dev.weir.loadgen.agent;

import dev.weir.loadgen.client.ProcessCpu;
import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.GeneratorTally;

/** This process's CPU time since it was last asked. <b>Threading:</b> any thread. */
final class CpuMeter {
    private long usedNanos = ProcessCpu.nanos();
    private long atNanos = System.nanoTime();

    synchronized GeneratorTally take(long nowNanos) {
        long used = ProcessCpu.nanos();
        long allowed = (nowNanos - atNanos) * Runtime.getRuntime().availableProcessors();
        GeneratorTally taken = new GeneratorTally(used - usedNanos, allowed, Distribution.EMPTY, Distribution.EMPTY, 0);
        usedNanos = used;
        atNanos = nowNanos;
        return taken;
    }
}
