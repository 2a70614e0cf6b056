package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.units.Units;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The load that is asked about, by {@code plan} and {@code doctor} alike. */
final class PlanOptions {
    private static final int CONNECTIONS = 1_000_000;
    private static final int PAYLOAD_MAX = 1 << 24;

    @Mixin
    private ChainOptions chain = new ChainOptions();

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "128",
            description = "of one message to all (default: ${DEFAULT-VALUE})")
    private String payload = "128";

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    boolean json() {
        return json;
    }

    /** The load on this one host, as {@code weir run} would build it. */
    Load onThisHost() {
        return over(Station.AS_NEEDED, true, 0);
    }

    /**
     * The load.
     *
     * @param listening ports of each ingress and gateway process; 0 takes as many as ports ask for
     * @param oneHost whether all processes share one
     * @param others connections of other traffic
     */
    Load over(int listening, boolean oneHost, long others) {
        Wish wish = chain.wish(false, Optional.empty());
        int connections = wish.connections().orElse(CONNECTIONS);
        if (connections < 1 || connections > Load.CONNECTIONS_MAX) {
            throw LabException.usage("--connections must be within 1 and 100m: connections=" + connections);
        }
        Chain wanted = new Chain(
                wish.edges(),
                wish.ingresses(),
                wish.gateways(),
                wish.profile().orElse("tuned"),
                wish.settings(),
                connections);
        return new Load(
                connections,
                Runs.loads().stations(wanted, listening),
                oneHost,
                others,
                new Load.Traffic(payloadBytes(), Load.Traffic.DEFAULT.handshakesInFlight()));
    }

    private int payloadBytes() {
        long bytes = Units.size("--payload", payload);
        if (bytes < 1 || bytes > PAYLOAD_MAX) {
            throw LabException.usage("--payload must be within 1 and 16m: payload=" + payload);
        }
        return (int) bytes;
    }
}
