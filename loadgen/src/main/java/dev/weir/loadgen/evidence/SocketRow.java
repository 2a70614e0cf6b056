package dev.weir.loadgen.evidence;

import java.util.Optional;

/**
 * One socket as {@code ss -HOtno[mi]} prints it, and as {@link SocketDiag} has it from the kernel.
 *
 * @param state {@code ESTAB}, {@code LISTEN}, {@code FIN-WAIT-1} …
 * @param recvQueueBytes not read by the process; of a listener: connections waiting to be accepted
 * @param sendQueueBytes not acknowledged by the peer; of a listener: its backlog
 * @param localPort port of this end
 * @param remotePort port of the other end, 0 for a listener
 * @param pair the addresses of both ends without the local port, equal where these are: each pair has a range of source ports
 * @param source the address of this end, equal where it is
 * @param persist whether the zero-window probe timer runs
 * @param retransmits how often the oldest bytes were sent again without an answer; 0 when another timer runs
 * @param rwndLimitedMillis how long the peer's window kept it from sending; -1 without {@code -i}
 * @param notSentBytes of the send queue, what was never sent; -1 without {@code -i}
 * @param rttMillis the smoothed round trip; -1 without {@code -i} and before the first measurement
 */
record SocketRow(
        String state,
        long recvQueueBytes,
        long sendQueueBytes,
        int localPort,
        int remotePort,
        Object pair,
        Object source,
        boolean persist,
        int retransmits,
        long rwndLimitedMillis,
        long notSentBytes,
        double rttMillis) {

    /** Parses one line; empty when it has another form. */
    static Optional<SocketRow> parse(String line) {
        String[] columns = line.strip().split("\\s+", 6);
        if (columns.length < 5) {
            return Optional.empty();
        }
        try {
            String rest = columns.length > 5 ? columns[5] : "";
            boolean detailed = rest.contains("skmem:");
            return Optional.of(new SocketRow(
                    columns[0],
                    Long.parseLong(columns[1]),
                    Long.parseLong(columns[2]),
                    port(columns[3]),
                    port(columns[4]),
                    columns[3].substring(0, columns[3].lastIndexOf(':')) + " " + columns[4],
                    columns[3].substring(0, columns[3].lastIndexOf(':')),
                    rest.startsWith("timer:(persist,"),
                    retransmits(rest),
                    detailed ? number(rest, " rwnd_limited:") : -1,
                    detailed ? number(rest, " notsent:") : -1,
                    rtt(rest)));
        } catch (NumberFormatException otherForm) {
            return Optional.empty();
        }
    }

    /** The last figure of {@code timer:(on,1.2sec,3)}; other timers send nothing again. */
    private static int retransmits(String rest) {
        if (!rest.startsWith("timer:(on,")) {
            return 0;
        }
        String timer = rest.substring(0, rest.indexOf(')'));
        return Integer.parseInt(timer.substring(timer.lastIndexOf(',') + 1));
    }

    /** The first figure of {@code rtt:0.044/0.022}. */
    private static double rtt(String rest) {
        int at = rest.indexOf(" rtt:");
        if (at < 0) {
            return -1;
        }
        int from = at + " rtt:".length();
        int slash = rest.indexOf('/', from);
        return slash < 0 ? -1 : Double.parseDouble(rest.substring(from, slash));
    }

    private static int port(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        return "*".equals(port) ? 0 : Integer.parseInt(port);
    }

    /** The digits after a label, 0 when it is absent: {@code ss} leaves out what is zero. */
    private static long number(String text, String label) {
        int at = text.indexOf(label);
        if (at < 0) {
            return 0;
        }
        int from = at + label.length();
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return Long.parseLong(text.substring(from, to));
    }
}
