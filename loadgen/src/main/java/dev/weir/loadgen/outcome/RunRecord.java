package dev.weir.loadgen.outcome;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run, saved losslessly as {@code run.json}; every report is a view of it.
 *
 * @param record version of this form; raised when a name changes its meaning
 * @param weir version of Weir
 * @param scenario name of the scenario; null for a plain load
 * @param variant name of the variant; null for a plain load
 * @param topology {@code local}, {@code netns}, {@code compose} or {@code foreign}
 * @param seed what all randomness of the run came from
 * @param started ISO 8601, UTC
 * @param requested settings as asked for
 * @param actual the same keys as they really were
 * @param host the machine
 * @param hops the chain, from the agents' side
 * @param phases in order
 * @param evidence figures from every hop
 * @param missing probes that could not be read
 * @param causes ranked, the most certain first
 * @param verdict the verdict
 * @param forecast limits that the load passes, as reckoned before it began; the one that the fewest connections meet comes first
 * @param series figures that were followed through a phase; empty but for a scenario that follows some
 */
public record RunRecord(
        int record,
        String weir,
        @Nullable String scenario,
        @Nullable String variant,
        String topology,
        long seed,
        String started,
        Map<String, Object> requested,
        Map<String, Object> actual,
        Host host,
        List<Hop> hops,
        List<Phase> phases,
        List<Evidence> evidence,
        List<Missing> missing,
        List<Cause> causes,
        VerdictRecord verdict,
        List<Forecast> forecast,
        List<Series> series) {
    public RunRecord {
        // Records that were written before there were forecasts or series have none.
        forecast = List.copyOf(Objects.requireNonNullElse(forecast, List.of()));
        series = List.copyOf(Objects.requireNonNullElse(series, List.of()));
    }

    /** The version of the form that this build writes. */
    public static final int FORM = 1;
}
