package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * nginx's {@code stub_status}: connections, and how long the page took to come, which is how long a worker took to accept and answer.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class StatusProbe implements Probe {
    private final String hop;
    private final URI uri;
    private final TeardownWatch teardown = new TeardownWatch();

    StatusProbe(String hop, URI uri) {
        this.hop = hop;
        this.uri = uri;
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return "nginx-status";
    }

    @Override
    public List<Reading> read() throws IOException {
        long start = System.nanoTime();
        StubStatus status = null;
        try {
            status = StubStatus.parse(SmallPage.text(uri))
                    .orElseThrow(() -> new IOException(uri + " is not a stub_status page"));
        } finally {
            long now = System.nanoTime();
            teardown.look(now, status == null ? -1.0 : (double) status.active(), (now - start) / 1e6);
        }
        List<Reading> readings = new ArrayList<>(teardown.readings(hop, name()));
        readings.add(new Reading(hop, name(), "active", "1", status.active()));
        readings.add(new Reading(hop, name(), "accepts", "1", status.accepts()));
        readings.add(new Reading(hop, name(), "dropped", "1", status.accepts() - status.handled()));
        readings.add(new Reading(hop, name(), "waiting", "1", status.waiting()));
        readings.add(new Reading(hop, name(), "answer", "ms", (System.nanoTime() - start) / 1e6));
        return readings;
    }
}
