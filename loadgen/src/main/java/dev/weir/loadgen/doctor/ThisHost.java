package dev.weir.loadgen.doctor;

import dev.weir.loadgen.client.DescriptorTables;
import dev.weir.loadgen.evidence.HostReader;
import dev.weir.loadgen.plan.HostFacts;

/** What this host allows, as it is now. */
public final class ThisHost {
    private ThisHost() {}

    /** Reads it. */
    public static HostFacts facts() {
        return HostFacts.of(HostReader.read(), DescriptorTables.refusal().isEmpty());
    }
}
