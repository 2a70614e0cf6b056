package dev.weir.loadgen.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Watches for the moment at which many connections of a hop end, and for how long the hop answers late from then on.
 *
 * <p>Before the first such moment it says nothing. Time is an argument.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TeardownWatch {
    /** A wave is at least this many connections … */
    static final double CONNECTIONS_MIN = 50;

    /** … and this part of those held … */
    static final double SHARE_MIN = 0.1;

    /** … within this time. */
    static final long WAVE_NANOS_MAX = 2_500_000_000L;

    /** A stall this long after a wave is no longer the wave's. */
    static final long AFTERMATH_NANOS = 12_000_000_000L;

    /** Less than this part of a wave is what comes and goes anyhow. */
    private static final double STILL_FALLING = 0.01;

    private record Look(long nanos, double connections) {}

    private final Deque<Look> looks = new ArrayDeque<>();
    private boolean waved;
    private long waveNanos;
    private long beforeWaveNanos;
    private double lowest;
    private long lowestNanos;
    private double closed;
    private double stallBeforeMillis;
    private double silentMillis;
    private double stallMillis;

    /**
     * Takes one look.
     *
     * @param nanos when
     * @param connections held; negative when the hop did not say
     * @param stall milliseconds by which it was late, as its own loop or its answer tells
     */
    void look(long nanos, double connections, double stall) {
        if (connections < 0) {
            // Whether this belongs to a wave, the next answer tells.
            silentMillis += stall;
            return;
        }
        // What ended while a hop was silent ended at once, as far as anybody can tell.
        long sinceNanos = silentMillis > 0 && !looks.isEmpty() ? looks.getLast().nanos() : nanos;
        looks.removeIf(look -> sinceNanos - look.nanos() > WAVE_NANOS_MAX);
        double held = looks.stream().mapToDouble(Look::connections).max().orElse(connections);
        double fall = held - connections;
        if (fall >= CONNECTIONS_MIN && fall >= SHARE_MIN * held) {
            if (!waved || nanos - waveNanos > AFTERMATH_NANOS) {
                waveNanos = nanos;
                beforeWaveNanos = lastLookAtHeld(held).orElse(nanos);
                lowest = connections;
                lowestNanos = nanos;
            }
            waved = true;
            closed = Math.max(closed, fall);
        }
        if (waved && nanos - waveNanos <= AFTERMATH_NANOS) {
            stallMillis = Math.max(stallMillis, Math.max(stall, silentMillis));
        } else if (!waved) {
            stallBeforeMillis = Math.max(stallBeforeMillis, Math.max(stall, silentMillis));
        }
        if (waved && nanos - waveNanos <= AFTERMATH_NANOS && lowest - connections >= STILL_FALLING * closed) {
            lowest = connections;
            lowestNanos = nanos;
        }
        silentMillis = 0;
        looks.addLast(new Look(nanos, connections));
    }

    /** When nothing had ended yet: who comes and goes meanwhile is no part of a wave. */
    private OptionalLong lastLookAtHeld(double held) {
        return looks.stream()
                .filter(look -> held - look.connections() < STILL_FALLING * held)
                .mapToLong(Look::nanos)
                .max();
    }

    /**
     * What is known: the size of the largest wave, the longest stall from it on, the longest before it, and how long it took to let go of all that
     * ended, as finely as it was looked at.
     */
    List<Reading> readings(String hop, String probe) {
        List<Reading> readings = new ArrayList<>();
        if (waved) {
            readings.add(new Reading(hop, probe, "teardown.closed", "1", closed));
            readings.add(new Reading(hop, probe, "teardown.stall", "ms", stallMillis));
            readings.add(new Reading(hop, probe, "teardown.calm", "ms", stallBeforeMillis));
            readings.add(new Reading(hop, probe, "teardown.freed", "ms", (lowestNanos - beforeWaveNanos) / 1e6));
        }
        return readings;
    }
}
