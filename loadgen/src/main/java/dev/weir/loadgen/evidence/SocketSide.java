package dev.weir.loadgen.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sums over the sockets of one side of one hop.
 *
 * <p>The side {@code down} faces the agents (sockets on a port that the hop listens on), {@code up} faces the next hop (sockets connected to a port
 * of it). Keys of the record begin with the side.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SocketSide {
    /** A socket counts as stuck when the zero-window timer runs and the peer's window has held it up for this long in all. */
    static final long STUCK_MILLIS_MIN = 500;

    /** A socket counts as unanswered when it sent the same bytes again this often: once or twice is the loss of any network. */
    static final int RETRANSMITS_MIN = 3;

    /** The side whose sockets take source ports. */
    static final String UP = "up";

    private final String hop;
    private final String side;
    private long sockets;
    private long persist;
    private long stuck;
    private long sendQueueBytes;
    private long sendQueueBytesMax;
    private long sendQueueSockets;
    private long recvQueueBytes;
    private long recvQueueBytesMax;
    private long recvQueueSockets;
    private long notSentBytes;
    private long finWaitSockets;
    private long finWaitBytes;
    private long retransmitting;
    private long retransmittingBytes;
    private long synSent;
    private long acceptQueue;
    private long backlog;
    private final Set<Object> pairs = new HashSet<>();
    private final Set<Object> sources = new HashSet<>();
    private final List<Double> rttMillis = new ArrayList<>();
    private boolean detailed;

    SocketSide(String hop, String side) {
        this.hop = hop;
        this.side = side;
    }

    void add(SocketRow row) {
        if ("LISTEN".equals(row.state())) {
            acceptQueue = Math.max(acceptQueue, row.recvQueueBytes());
            backlog = Math.max(backlog, row.sendQueueBytes());
            return;
        }
        if ("FIN-WAIT-1".equals(row.state())) {
            finWaitSockets++;
            finWaitBytes += row.sendQueueBytes();
        }
        if ("SYN-SENT".equals(row.state())) {
            synSent++;
            return;
        }
        if (row.retransmits() >= RETRANSMITS_MIN) {
            retransmitting++;
            retransmittingBytes += row.sendQueueBytes();
        }
        if (row.rttMillis() >= 0) {
            rttMillis.add(row.rttMillis());
        }
        sockets++;
        if (side.equals(UP)) {
            pairs.add(row.pair());
            sources.add(row.source());
        }
        persist += row.persist() ? 1 : 0;
        sendQueueBytes += row.sendQueueBytes();
        sendQueueBytesMax = Math.max(sendQueueBytesMax, row.sendQueueBytes());
        sendQueueSockets += row.sendQueueBytes() > 0 ? 1 : 0;
        recvQueueBytes += row.recvQueueBytes();
        recvQueueBytesMax = Math.max(recvQueueBytesMax, row.recvQueueBytes());
        recvQueueSockets += row.recvQueueBytes() > 0 ? 1 : 0;
        if (row.rwndLimitedMillis() >= 0) {
            detailed = true;
            stuck += row.persist() && row.rwndLimitedMillis() >= STUCK_MILLIS_MIN ? 1 : 0;
            notSentBytes += row.notSentBytes();
        }
    }

    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        put(readings, "sockets", "1", sockets);
        if (side.equals(UP)) {
            put(readings, "pairs", "1", pairs.size());
            put(readings, "sources", "1", sources.size());
        }
        put(readings, "persist", "1", persist);
        put(readings, "sendq", "bytes", sendQueueBytes);
        put(readings, "sendq.max", "bytes", sendQueueBytesMax);
        put(readings, "sendq.sockets", "1", sendQueueSockets);
        put(readings, "recvq", "bytes", recvQueueBytes);
        put(readings, "recvq.max", "bytes", recvQueueBytesMax);
        put(readings, "recvq.sockets", "1", recvQueueSockets);
        put(readings, "fin-wait-1", "1", finWaitSockets);
        put(readings, "fin-wait-1.sendq", "bytes", finWaitBytes);
        put(readings, "unanswered", "1", retransmitting);
        put(readings, "unanswered.sendq", "bytes", retransmittingBytes);
        if (side.equals(UP)) {
            put(readings, "syn-sent", "1", synSent);
        }
        if (!rttMillis.isEmpty()) {
            rttMillis.sort(null);
            readings.add(new Reading(hop, SocketProbe.NAME, side + ".rtt", "ms", rttMillis.get(rttMillis.size() / 2)));
        }
        if (detailed || persist == 0) {
            put(readings, "stuck", "1", stuck);
            put(readings, "notsent", "bytes", notSentBytes);
        }
        if (backlog > 0) {
            put(readings, "accept.queue", "1", acceptQueue);
            put(readings, "accept.backlog", "1", backlog);
        }
        return readings;
    }

    /** Whether a closer look is worth its cost. */
    boolean held() {
        return persist > 0;
    }

    private void put(List<Reading> readings, String key, String unit, long value) {
        readings.add(new Reading(hop, SocketProbe.NAME, side + "." + key, unit, value));
    }
}
