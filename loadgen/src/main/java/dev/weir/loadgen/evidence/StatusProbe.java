package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** nginx's {@code stub_status}. */
final class StatusProbe implements Probe {
    private final String hop;
    private final URI uri;

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
        StubStatus status = StubStatus.parse(SmallPage.text(uri))
                .orElseThrow(() -> new IOException(uri + " is not a stub_status page"));
        return List.of(
                new Reading(hop, name(), "active", "1", status.active()),
                new Reading(hop, name(), "accepts", "1", status.accepts()),
                new Reading(hop, name(), "dropped", "1", status.accepts() - status.handled()),
                new Reading(hop, name(), "waiting", "1", status.waiting()));
    }
}
