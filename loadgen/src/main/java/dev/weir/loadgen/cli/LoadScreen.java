package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.LoadProgress;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.Tally;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how a load goes: one line that is written over on a terminal, plain lines elsewhere, fewer of them.
 *
 * <p><b>Threading:</b> the thread that runs the load.
 */
final class LoadScreen implements LoadProgress {
    private static final long PLAIN_EVERY_MILLIS = 5_000;

    private final PrintWriter out;
    private final boolean isTerminal;
    private long lastPlainMillis = -PLAIN_EVERY_MILLIS;

    LoadScreen(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void show(String phase, long elapsedMillis, long target, Tally tally, Tally later) {
        String line = line(phase, elapsedMillis, target, tally);
        if (isTerminal) {
            // Carriage return, and erase to the end of the line (ECMA-48 EL).
            out.print("\r  " + line + "\u001b[K");
            out.flush();
        } else if (elapsedMillis - lastPlainMillis >= PLAIN_EVERY_MILLIS) {
            lastPlainMillis = elapsedMillis;
            out.println("  " + line);
            out.flush();
        }
    }

    static String line(String phase, long elapsedMillis, long target, Tally tally) {
        return String.format(
                Locale.ROOT,
                "%5.1f s  %-4s  held %,d of %,d  failed %,d  closed %,d  delivered %,d",
                elapsedMillis / 1_000.0,
                phase,
                tally.held(),
                target,
                tally.failed(),
                tally.closed(),
                tally.deliveries(Cohort.NORMAL).delivered());
    }

    /** Leaves the line that was written over. */
    void finish() {
        if (isTerminal) {
            out.println();
        }
    }
}
