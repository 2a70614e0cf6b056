package dev.weir.proxy.check;

import java.util.List;

/**
 * What the real program said about a rendered configuration.
 *
 * @param by how it was asked, e.g. {@code nginx -t}
 * @param accepted whether it would start
 * @param complaints what it said, traced back to the template
 * @param output everything it printed
 */
public record ProgramVerdict(String by, boolean accepted, List<Complaint> complaints, String output) {
    /** Copies the list. */
    public ProgramVerdict {
        complaints = List.copyOf(complaints);
    }

    /** The complaints, or all that it printed when none can be told, one line each. */
    public List<String> reasons() {
        return complaints.stream().anyMatch(Complaint::fatal)
                ? complaints.stream().map(Complaint::message).toList()
                : output.lines().toList();
    }
}
