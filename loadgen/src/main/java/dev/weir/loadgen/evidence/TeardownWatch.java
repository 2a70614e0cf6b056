package dev.weir.loadgen.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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

    private record Look(long nanos, double connections) {}

    private final Deque<Look> looks = new ArrayDeque<>();
    private boolean waved;
    private long waveNanos;
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
        looks.removeIf(look -> nanos - look.nanos() > WAVE_NANOS_MAX);
        double held = looks.stream().mapToDouble(Look::connections).max().orElse(connections);
        double fall = held - connections;
        if (connections >= 0 && fall >= CONNECTIONS_MIN && fall >= SHARE_MIN * held) {
            if (!waved || nanos - waveNanos > AFTERMATH_NANOS) {
                waveNanos = nanos;
            }
            waved = true;
            closed = Math.max(closed, fall);
        }
        if (connections < 0) {
            // Whether this belongs to a wave, the next answer tells.
            silentMillis = Math.max(silentMillis, stall);
            return;
        }
        if (waved && nanos - waveNanos <= AFTERMATH_NANOS) {
            stallMillis = Math.max(stallMillis, Math.max(stall, silentMillis));
        } else if (!waved) {
            stallBeforeMillis = Math.max(stallBeforeMillis, Math.max(stall, silentMillis));
        }
        silentMillis = 0;
        looks.addLast(new Look(nanos, connections));
    }

    /** What is known: the size of the largest wave, the longest stall from it on, and the longest before it. */
    List<Reading> readings(String hop, String probe) {
        List<Reading> readings = new ArrayList<>();
        if (waved) {
            readings.add(new Reading(hop, probe, "teardown.closed", "1", closed));
            readings.add(new Reading(hop, probe, "teardown.stall", "ms", stallMillis));
            readings.add(new Reading(hop, probe, "teardown.calm", "ms", stallBeforeMillis));
        }
        return readings;
    }
}
