package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Resource;
import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.HaproxyBudget;
import dev.weir.proxy.capacity.WorkerBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Open files of a process, slots of a worker, open files of a host. */
final class OpenFiles {
    private OpenFiles() {}

    static List<Constraint> of(Scene scene) {
        List<Constraint> constraints = new ArrayList<>();
        for (Station station : scene.load().stations()) {
            switch (station) {
                case Station.Agents agents ->
                    constraints.add(ofProcess(scene, agents, agents.processes() == Station.AS_NEEDED));
                case Station.Gateway gateway -> constraints.add(ofProcess(scene, gateway, true));
                case Station.Proxy proxy -> constraints.add(ofWorkers(scene, proxy));
                case Station.Haproxy proxy -> constraints.add(ofHaproxy(scene, proxy));
                case Station.Target _ -> {
                    // Somebody else's.
                }
            }
        }
        for (String host : scene.hosts()) {
            if (!isExempt(scene, host)) {
                constraints.add(ofHost(scene, host));
            }
        }
        return constraints;
    }

    /** So many agents as a user asked for have one table each. */
    private static Constraint ofProcess(Scene scene, Station station, boolean mayHaveTables) {
        String name = station.name();
        Descriptors descriptors = new Descriptors(
                scene.host().files().limit(),
                mayHaveTables && scene.host().files().tablesPermitted());
        long each = each(scene, name, scene.load().connections());
        long tables = descriptors.tablesFor(each);
        String says = Words.count(each) + " connections a process and " + Descriptors.RESERVED
                + " files beside, at most "
                + Words.count(descriptors.limit()) + (tables > 1 ? " in each of " + tables + " descriptor tables" : "")
                + (scene.host().files().tablesPermitted() ? "" : "; this sandbox refuses a table for each event loop");
        return new Constraint(
                Resource.FILE_DESCRIPTORS,
                name,
                Severity.BREAKS,
                "descriptors",
                connections -> connections + Descriptors.RESERVED * tables(scene, name, descriptors, connections),
                connections -> descriptors.limit() * tables(scene, name, descriptors, connections),
                new Constraint.Advice(says, fix(scene, name, each), "field report A"));
    }

    /** Of all processes of a station. */
    private static long tables(Scene scene, String name, Descriptors descriptors, long connections) {
        Station station = Scene.station(scene.wired(connections), name);
        return station.processes() * descriptors.tablesFor(MemoryModel.each(station, connections));
    }

    private static String fix(Scene scene, String name, long each) {
        HostFacts.Files files = scene.host().files();
        long wanted = each + Descriptors.RESERVED;
        String more = wanted > files.ceiling() ? "sysctl -w fs.nr_open=" + wanted + ", then " : "";
        return more + "LimitNOFILE=" + wanted + " (ulimit -Hn), or more processes (--" + name
                + (name.endsWith("s") ? "" : "s") + ")";
    }

    private static long each(Scene scene, String name, long connections) {
        Load wired = scene.wired(connections);
        return MemoryModel.each(Scene.station(wired, name), connections);
    }

    private static Constraint ofWorkers(Scene scene, Station.Proxy proxy) {
        long each = MemoryModel.each(proxy, scene.load().connections());
        WorkerBudget budget = MemoryModel.budget(proxy, each, scene.host().limits());
        String says = "two slots a WebSocket and a fifth to spare, " + Words.count(each) + " WebSockets each; "
                + Words.plural(budget.workers(), "worker") + " of " + Words.count(budget.slots()) + " slots";
        return new Constraint(
                Resource.WORKER_SLOTS,
                proxy.name(),
                Severity.BREAKS,
                "slots",
                connections -> Capacity.slotsWanted(MemoryModel.each(proxy, connections)),
                connections -> slots(scene, proxy, connections),
                new Constraint.Advice(
                        says,
                        "leave worker_processes and worker_connections unset and they follow, or raise them with"
                                + " worker_rlimit_nofile",
                        "field report B, step 4"));
    }

    /** All threads of a HAProxy share one table; it does not start with a maxconn that the table cannot hold. */
    private static Constraint ofHaproxy(Scene scene, Station.Haproxy proxy) {
        long each = MemoryModel.each(proxy, scene.load().connections());
        int byFiles = HaproxyBudget.maxconnMax(scene.host().limits().descriptors());
        long maxconn = proxy.maxconn() == Station.AS_NEEDED ? byFiles : Math.min(proxy.maxconn(), byFiles);
        boolean isSet = maxconn < byFiles;
        String says = "one maxconn and two descriptors a WebSocket, " + Words.count(each) + " WebSockets each; "
                + (isSet
                        ? "maxconn is " + Words.count(maxconn)
                        : "one process has " + Words.count(scene.host().limits().descriptors()) + " descriptors");
        return new Constraint(
                isSet ? Resource.WORKER_SLOTS : Resource.FILE_DESCRIPTORS,
                proxy.name(),
                Severity.BREAKS,
                isSet ? "slots" : "descriptors",
                connections ->
                        isSet ? MemoryModel.each(proxy, connections) : files(MemoryModel.each(proxy, connections)),
                connections -> isSet ? maxconn : files(maxconn),
                new Constraint.Advice(
                        says,
                        isSet
                                ? "leave maxconn unset and it follows"
                                : "more processes (--" + proxy.name() + "s), or a higher LimitNOFILE",
                        "docs.haproxy.org, maxconn"));
    }

    private static long files(long webSockets) {
        return webSockets * HaproxyBudget.DESCRIPTORS_PER_CONNECTION + HaproxyBudget.DESCRIPTORS_RESERVED;
    }

    /** Slots for which a worker has descriptors, too. */
    private static long slots(Scene scene, Station.Proxy proxy, long connections) {
        WorkerBudget budget = MemoryModel.budget(
                proxy, MemoryModel.each(proxy, connections), scene.host().limits());
        int usable = Math.min(
                budget.slots(), WorkerBudget.slotsMax(scene.host().limits().descriptors()));
        return (long) budget.workers() * usable;
    }

    /** nginx workers give up root, and with it the right to exceed {@code fs.file-max}. */
    private static boolean isExempt(Scene scene, String host) {
        boolean proxies = scene.load().stations().stream()
                .anyMatch(station -> (station instanceof Station.Proxy || station instanceof Station.Haproxy)
                        && (scene.load().oneHost() || station.name().equals(host)));
        return scene.host().files().exemptFromMax() && !proxies;
    }

    private static Constraint ofHost(Scene scene, String host) {
        long max = scene.host().files().max();
        LongUnaryOperator needed = connections -> scene.on(
                host,
                scene.wired(connections),
                station -> connections * station.sockets() + (long) Descriptors.RESERVED * station.processes());
        long wanted = 2 * Math.max(max, needed.applyAsLong(scene.load().connections()));
        return new Constraint(
                Resource.FILE_DESCRIPTORS,
                host,
                Severity.BREAKS,
                "descriptors",
                needed,
                connections -> max,
                new Constraint.Advice(
                        "every socket of the host is an open file, and " + Words.count(max)
                                + " are left of fs.file-max for all users together",
                        "sysctl -w fs.file-max=" + wanted,
                        "field report D"));
    }
}
