package dev.weir.proxy;

import dev.weir.proxy.check.Finding;
import dev.weir.proxy.check.Severity;
import dev.weir.proxy.nginx.NginxComplaint;
import dev.weir.proxy.nginx.NginxVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the rules and the real nginx say about a rendered chain.
 *
 * @param findings rules that it breaks, in the order of the hops
 * @param verdicts what nginx said, by hop, the hop that clients reach first
 */
public record CheckReport(List<Finding> findings, Map<String, NginxVerdict> verdicts) {

    /** Whether nginx accepts every hop and no rule is broken with severity ERROR. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)
                && verdicts.values().stream().allMatch(NginxVerdict::accepted);
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
                table.row(complaint.fatal() ? "error" : "warning", "nginx -t", hop + ": " + complaint.message());
            }
            table.row(
                    verdict.accepted() ? "ok" : "error",
                    "nginx -t",
                    hop + (verdict.accepted() ? " is accepted" : " is rejected" + unexplained(verdict)));
        });
        return table.text();
    }

    private static String unexplained(NginxVerdict verdict) {
        return verdict.complaints().stream().anyMatch(NginxComplaint::fatal)
                ? ""
                : ": " + String.join(" / ", verdict.output().lines().toList());
    }
}
