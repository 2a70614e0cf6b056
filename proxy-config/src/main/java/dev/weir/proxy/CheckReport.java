package dev.weir.proxy;

import dev.weir.proxy.check.Complaint;
import dev.weir.proxy.check.Finding;
import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.check.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the rules and the real programs say about a rendered chain.
 *
 * @param findings rules that it breaks, in the order of the hops
 * @param verdicts what the programs said, by hop, the hop that clients reach first
 */
public record CheckReport(List<Finding> findings, Map<String, ProgramVerdict> verdicts) {

    /** Whether the programs accept every hop and no rule is broken with severity ERROR. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR) && accepted();
    }

    /** Whether the programs accept every hop, whatever the rules say: a mistake made on purpose is one that runs. */
    public boolean accepted() {
        return verdicts.values().stream().allMatch(ProgramVerdict::accepted);
    }

    /** The report as text, one line a finding; says so when there is nothing to say. */
    public String text() {
        var table = new Table();
        for (var finding : findings) {
            var severity = finding.severity().name().toLowerCase(Locale.ROOT);
            table.row(severity, finding.rule(), finding.message());
        }
        verdicts.forEach((hop, verdict) -> {
            for (var complaint : verdict.complaints()) {
                table.row(complaint.fatal() ? "error" : "warning", verdict.by(), hop + ": " + complaint.message());
            }
            table.row(
                    verdict.accepted() ? "ok" : "error",
                    verdict.by(),
                    hop + (verdict.accepted() ? " is accepted" : " is rejected" + unexplained(verdict)));
        });
        return table.text();
    }

    private static String unexplained(ProgramVerdict verdict) {
        return verdict.complaints().stream().anyMatch(Complaint::fatal)
                ? ""
                : ": " + String.join(" / ", verdict.output().lines().toList());
    }
}
