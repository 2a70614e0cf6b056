package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A reload of a proxy retired its workers: their connections are cut when the shutdown timeout ends, or keep a second set of workers alive until then.
 *
 * <p><b>Source:</b> nginx closes no upgraded connection at a reload; {@code worker_shutdown_timeout} then closes all of them at one moment.
 */
record Reload() implements Rule {
    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.proxies(), hop -> judge(facts, hop));
    }

    private static Optional<Cause> judge(Facts facts, String hop) {
        Optional<Evidence> retired =
                facts.find(hop, "process", "workers.shutting-down").filter(e -> e.peak() > 0);
        Optional<Evidence> said = facts.risen(hop, "error-log", "worker-graceful", 1);
        boolean lives =
                facts.find(hop, "process", "alive").filter(e -> e.after() == 0).isEmpty();
        if ((retired.isEmpty() && said.isEmpty()) || !lives) {
            return Optional.empty();
        }
        List<Facts.Closed> cuts = CloseWave.of(facts);
        boolean wave = Facts.total(cuts) >= CloseWave.CUTS_MIN;
        Optional<Evidence> held =
                facts.find(hop, "process", "workers.shutting-down.descriptors").filter(e -> e.peak() > 0);
        Optional<Evidence> exited = facts.risen(hop, "process", "workers.exited", 1);
        Citing citing = new Citing().and(retired).and(held).and(said).and(exited);
        if (wave) {
            CloseWave.cite(citing, facts, cuts);
        }
        String says = hop + " was reloaded: "
                + Figures.count(
                        retired.map(Evidence::peak).orElse(said.map(Facts::rise).orElse(0.0)))
                + " workers were retired"
                + held.map(e -> " with " + Figures.count(e.peak()) + " descriptors")
                        .orElse("")
                + (wave
                        ? "; " + Figures.count(Facts.total(cuts)) + " connections were cut within "
                                + Figures.time(CloseWave.spanMillis(cuts))
                        : "");
        Rank rank = wave && exited.isPresent() ? Rank.CERTAIN : wave || held.isPresent() ? Rank.LIKELY : Rank.POSSIBLE;
        return citing.and(facts.find(hop, "process", "workers"))
                .butNot(facts.find(hop, "error-log", "worker-killed"))
                .cause(
                        Resource.RELOAD,
                        hop,
                        rank,
                        says,
                        hop
                                + ": do not reload while loaded: start new proxies and let the gateway drain (close code 3001);"
                                + " worker_shutdown_timeout long enough, never short");
    }
}
