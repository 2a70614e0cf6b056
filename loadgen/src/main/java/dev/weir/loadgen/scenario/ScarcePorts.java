package dev.weir.loadgen.scenario;

import dev.weir.loadgen.error.LabException;

/**
 * Ports that a scenario makes scarce: a range that holds as many as it wants.
 *
 * @param first where every such range begins
 * @param last where it ends at the latest, at most 65,535
 */
record ScarcePorts(int first, int last) {
    /**
     * A range.
     *
     * @param ports how many, >= 1
     * @param connections what they are reckoned from
     * @throws LabException of kind USAGE when there are not so many: with fewer, it would be another experiment
     */
    HopNetwork.Ports of(int ports, int connections) {
        int portsMax = last - first + 1;
        if (ports > portsMax) {
            throw LabException.usage(
                    "connections must be <= %d where their ports are to be scarce, of which there are %d: connections=%d; lower --connections, or have more processes that share them"
                            .formatted((long) portsMax * connections / ports, portsMax, connections));
        }
        return new HopNetwork.Ports(first, first + ports - 1);
    }
}
