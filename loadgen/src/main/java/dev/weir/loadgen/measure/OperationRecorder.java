package dev.weir.loadgen.measure;

import java.util.HashMap;
import java.util.Map;

/**
 * Collects what becomes of the operations of one interface, until it is taken.
 *
 * <p><b>Threading:</b> owned by one event loop. <b>Bounds:</b> {@link Meter#KINDS_MAX} ways to fail, what is beyond goes into one more; one entry
 * a second.
 */
public final class OperationRecorder {
    private final Map<String, Long> failed = new HashMap<>();
    private final Map<Integer, Long> answeredInSecond = new HashMap<>();
    private final DistributionRecorder intended = new DistributionRecorder();
    private final DistributionRecorder actual = new DistributionRecorder();
    private long asked;
    private long sent;
    private long answered;
    private long unavailable;
    private long owed;
    private long caused;

    /** Operations became due. */
    public void asked(long count) {
        asked += count;
    }

    /** One left. */
    public void sent() {
        sent++;
    }

    /**
     * One was answered.
     *
     * @param second of the load, in which the answer came
     */
    public void answered(long sinceIntendedMicros, long sinceActualMicros, int second) {
        answered++;
        answeredInSecond.merge(second, 1L, Long::sum);
        intended.record(sinceIntendedMicros);
        actual.record(sinceActualMicros);
    }

    /** The answer just counted said that the server has no such thing. */
    public void unavailable() {
        unavailable++;
    }

    /** One failed. */
    public void failed(String how) {
        boolean known = failed.size() < Meter.KINDS_MAX || failed.containsKey(how);
        failed.merge(known ? how : Meter.OTHER, 1L, Long::sum);
    }

    /** A message was accepted that so many held connections must get. */
    public void owed(long deliveries) {
        owed += deliveries;
    }

    /** A held connection got one. */
    public void caused() {
        caused++;
    }

    /** What came since the previous call. */
    public OperationTally take() {
        OperationTally taken = new OperationTally(
                asked,
                sent,
                answered,
                unavailable,
                failed,
                answeredInSecond,
                owed,
                caused,
                intended.take(),
                actual.take());
        failed.clear();
        answeredInSecond.clear();
        asked = 0;
        sent = 0;
        answered = 0;
        unavailable = 0;
        owed = 0;
        caused = 0;
        return taken;
    }
}
