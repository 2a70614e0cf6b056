package dev.weir.loadgen.plan;

import dev.weir.proxy.capacity.WorkerBudget;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one station.
 *
 * @param hop its name
 * @param processes of the kind
 * @param connectionsEach through the fullest process
 * @param link towards the next station; null at the last
 * @param workers workers, slots and descriptors of each nginx; null where none runs
 * @param descriptorsEach open files of the fullest process, all workers together
 * @param tablesEach descriptor tables of each process
 * @param userBytes memory of all processes
 * @param kernelBytes memory of their idle sockets
 */
public record HopPlan(
        String hop,
        int processes,
        long connectionsEach,
        @Nullable Link link,
        @Nullable WorkerBudget workers,
        long descriptorsEach,
        long tablesEach,
        long userBytes,
        long kernelBytes) {
    static HopPlan of(Station station, @Nullable Link link, long connections, HostFacts host) {
        long each = MemoryModel.each(station, connections);
        WorkerBudget workers =
                station instanceof Station.Proxy proxy ? MemoryModel.budget(proxy, each, host.limits()) : null;
        boolean isProxy = workers != null || station instanceof Station.Haproxy;
        return new HopPlan(
                station.name(),
                station.processes(),
                each,
                link,
                workers,
                each * station.sockets() + (isProxy ? WorkerBudget.DESCRIPTORS_RESERVED : Descriptors.RESERVED),
                isProxy ? 1 : host.descriptors().tablesFor(each),
                MemoryModel.userBytes(station, connections, host),
                MemoryModel.kernelBytes(station, connections));
    }
}
