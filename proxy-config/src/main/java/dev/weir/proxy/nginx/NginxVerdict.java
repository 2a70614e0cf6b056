package dev.weir.proxy.nginx;

import dev.weir.proxy.check.Complaint;
import dev.weir.proxy.check.ProgramVerdict;
import java.util.List;

/**
 * What nginx itself said about a configuration.
 *
 * @param accepted whether it would start
 * @param complaints what it said, traced back to the template
 * @param output everything it printed
 */
public record NginxVerdict(boolean accepted, List<NginxComplaint> complaints, String output) {

    /** The same as any program's. */
    public ProgramVerdict verdict() {
        return new ProgramVerdict(
                "nginx -t",
                accepted,
                complaints.stream()
                        .map(each -> new Complaint(each.fatal(), each.message()))
                        .toList(),
                output);
    }
}
