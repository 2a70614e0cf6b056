package dev.weir.loadgen.outcome;

import java.util.List;

/**
 * One figure read at one hop: before the load, at its peak, and after it.
 *
 * <p>Symptoms that the agents counted are cited in the same form, with hop {@code agents} and probe {@code symptoms}.
 *
 * @param id unique within the record, e.g. {@code e7}
 * @param hop where it was read
 * @param probe which probe read it: {@code netstat}, {@code snmp}, {@code sockstat}, {@code process}, {@code ss}, {@code nginx-status},
 *     {@code error-log}, {@code gateway}, {@code symptoms}
 * @param key the counter's own name, e.g. {@code TcpExt.TCPWinProbe}
 * @param unit {@code 1}, {@code bytes}, {@code pages}, {@code ms}, {@code share}
 * @param before value before the load
 * @param peak largest value seen
 * @param after value after the load
 */
public record Evidence(
        String id, String hop, String probe, String key, String unit, double before, double peak, double after) {

    /** Whether the list of sockets was cut off, so that what was counted in it is a lower bound. */
    public static boolean socketsCutOff(List<Evidence> evidence) {
        return evidence.stream()
                .anyMatch(item -> item.probe().equals("ss") && item.key().equals("truncated") && item.peak() > 0);
    }
}
