package dev.weir.loadgen.topology;

import dev.weir.loadgen.scenario.Surroundings;
import java.util.List;
import java.util.OptionalLong;

/** Loopback, with limits where they are asked for. */
final class LocalGround implements Ground {
    private static final String ADDRESS = "127.0.0.1";

    private final Ledger ledger;
    private final FreePorts ports;
    private final Confiner confiner;
    private final HostSettings hostSettings;

    /**
     * @param id of the run, e.g. {@code weir-3fa91c}
     * @param surroundings what is asked for
     * @param ports chooses ports
     */
    LocalGround(String id, Surroundings surroundings, FreePorts ports) {
        this.ledger = new Ledger(Ledger.FOLDER, id);
        this.ports = ports;
        this.confiner = new Confiner(surroundings, ledger, id);
        this.hostSettings = new HostSettings(ledger);
    }

    @Override
    public String address(String name) {
        return ADDRESS;
    }

    @Override
    public List<String> sources(String name) {
        return List.of(ADDRESS);
    }

    @Override
    public List<String> agentSources(List<String> planned) {
        return planned;
    }

    @Override
    public List<Integer> ports(int count) {
        return ports.take(count);
    }

    @Override
    public List<String> prefix(String kind, String name) {
        return confiner.prefix(kind, name);
    }

    @Override
    public List<String> entrance(String name) {
        return List.of();
    }

    @Override
    public OptionalLong router() {
        return OptionalLong.empty();
    }

    @Override
    public void squeeze() {
        confiner.squeeze();
    }

    @Override
    public HostSettings hostSettings() {
        return hostSettings;
    }

    @Override
    public void close() {
        try (ledger;
                hostSettings) {
            // Both, whatever becomes of the other.
        }
    }
}
