package dev.weir.loadgen.compare;

import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.Map;
import java.util.Optional;

/**
 * One run as it is compared.
 *
 * @param where what the user called it, a folder or file
 * @param run its record
 * @param micros its latencies in microseconds, by phase and kind as in the {@code .hlog}, e.g. {@code broadcast.deliverIntended}; empty when
 *     that file is not there
 */
public record RunView(String where, RunRecord run, Optional<Map<String, Distribution>> micros) {
    public RunView {
        micros = micros.map(Map::copyOf);
    }
}
