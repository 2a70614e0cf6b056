package dev.weir.loadgen.agent;

import dev.weir.loadgen.client.ProcessCpu;
import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.GeneratorTally;

/** This process's CPU time since it was last asked. <b>Threading:</b> any thread. */
final class CpuMeter implements AutoCloseable {
    private final ProcessCpu cpu = new ProcessCpu();
    private long usedNanos = cpu.nanos();
    private long atNanos = System.nanoTime();

    synchronized GeneratorTally take(long nowNanos) {
        long used = cpu.nanos();
        long allowed = (nowNanos - atNanos) * Runtime.getRuntime().availableProcessors();
        GeneratorTally taken = new GeneratorTally(used - usedNanos, allowed, Distribution.EMPTY, Distribution.EMPTY, 0);
        usedNanos = used;
        atNanos = nowNanos;
        return taken;
    }

    @Override
    public synchronized void close() {
        cpu.close();
    }
}
