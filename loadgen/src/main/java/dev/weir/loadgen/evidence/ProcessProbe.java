package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The process of a hop; for nginx the master and its workers, apart and together.
 *
 * <p>Descriptors and their limit are those of the process that is nearest to its limit, since the limit is each one's own. A process that
 * vanished, or whose pid now belongs to a younger one, is reported as {@code alive} 0.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class ProcessProbe implements Probe {
    private final HopTarget target;
    private final Map<Long, ProcessMeter> workers = new LinkedHashMap<>();
    private final Map<Long, WorkerRole> roles = new HashMap<>();
    private Optional<ProcessMeter> main = Optional.empty();
    private boolean dead;
    private int exitStatus;
    private long workersExited;

    /** A probe of one hop. */
    ProcessProbe(HopTarget target) {
        this.target = target;
    }

    @Override
    public String hop() {
        return target.name();
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public List<Reading> read() throws IOException {
        long now = System.nanoTime();
        Optional<ProcText.Stat> stat = dead ? Optional.empty() : ProcessFiles.stat(target.pid());
        if (main.isEmpty()) {
            ProcText.Stat first =
                    stat.filter(s -> s.state() != 'Z').orElseThrow(() -> new IOException("no process " + target.pid()));
            main = Optional.of(new ProcessMeter(target.pid(), first.startTicks()));
        }
        ProcessMeter meter = main.get();
        if (!dead && !sameProcess(stat, meter)) {
            dead = true;
            exitStatus = stat.map(ProcText.Stat::exitCode).orElse(0);
        }
        if (!dead) {
            stat.ifPresent(s -> meter.update(s, now));
            if (hasWorkers()) {
                updateWorkers(now);
            }
        }
        return readings(meter);
    }

    private static boolean sameProcess(Optional<ProcText.Stat> stat, ProcessMeter meter) {
        return stat.filter(s -> s.state() != 'Z' && s.startTicks() == meter.startTicks())
                .isPresent();
    }

    private boolean hasWorkers() {
        return target.kind() == HopKind.NGINX || target.kind() == HopKind.HAPROXY;
    }

    private void updateWorkers(long now) {
        List<Long> children = ProcessFiles.children(target.pid());
        workers.values().removeIf(worker -> {
            boolean gone = !children.contains(worker.pid()) || !sameProcess(ProcessFiles.stat(worker.pid()), worker);
            if (gone) {
                workersExited++;
            }
            return gone;
        });
        for (long child : children) {
            WorkerRole role = WorkerRole.of(ProcessFiles.text(child, "cmdline").orElse(""));
            if (role == WorkerRole.HELPER) {
                continue;
            }
            roles.put(child, role);
            ProcessFiles.stat(child).filter(stat -> stat.state() != 'Z').ifPresent(stat -> workers.computeIfAbsent(
                            child, pid -> new ProcessMeter(pid, stat.startTicks()))
                    .update(stat, now));
        }
    }

    private List<Reading> readings(ProcessMeter meter) {
        List<Reading> readings = new ArrayList<>();
        put(readings, "alive", "1", dead ? 0 : 1);
        put(readings, "wait-status", "1", exitStatus);
        if (dead) {
            return readings;
        }
        List<ProcessMeter> meters =
                workers.isEmpty() && target.kind() != HopKind.NGINX ? List.of(meter) : List.copyOf(workers.values());
        List<ProcessMeter.Sample> serving =
                meters.stream().map(ProcessMeter::last).toList();
        if (hasWorkers()) {
            put(readings, "master.pss", "bytes", meter.last().pssBytes());
            put(readings, "workers", "1", workers.size());
            put(readings, "workers.exited", "1", workersExited);
            perWorker(readings);
        }
        put(readings, "pss", "bytes", sum(serving, ProcessMeter.Sample::pssBytes));
        put(readings, "rss", "bytes", sum(serving, ProcessMeter.Sample::rssBytes));
        put(readings, "threads", "1", sum(serving, ProcessMeter.Sample::threads));
        put(readings, "cpu.share", "share", sum(serving, ProcessMeter.Sample::cpuShare));
        put(readings, "cpu.share.max", "share", max(serving, ProcessMeter.Sample::threadShare));
        put(
                readings,
                "cpu.busy",
                "ms",
                meters.stream().mapToLong(ProcessMeter::busyMillisMax).max().orElse(0));
        if (target.kind() == HopKind.AGENTS) {
            ProcText.kilobytes(ProcessFiles.text(target.pid(), "status").orElse(""), "VmSize")
                    .ifPresent(bytes -> put(readings, "address-space", "bytes", bytes));
        }
        serving.stream().max(Comparator.comparingDouble(ProcessProbe::fullness)).ifPresent(fullest -> {
            put(readings, "descriptors", "1", fullest.descriptors());
            put(readings, "descriptors.limit", "1", fullest.descriptorLimit());
            put(readings, "descriptors.share", "share", fullness(fullest));
        });
        return readings;
    }

    /** How evenly connections lie on the workers that take new ones, and what those hold that a reload has retired. */
    private void perWorker(List<Reading> readings) {
        List<Long> descriptors = new ArrayList<>();
        long retired = 0;
        long retiredDescriptors = 0;
        for (ProcessMeter worker : workers.values()) {
            if (roles.get(worker.pid()) == WorkerRole.SHUTTING_DOWN) {
                retired++;
                retiredDescriptors += worker.last().descriptors();
            } else {
                descriptors.add(worker.last().descriptors());
            }
        }
        descriptors.sort(null);
        if (!descriptors.isEmpty()) {
            put(readings, "workers.descriptors.min", "1", descriptors.getFirst());
            put(readings, "workers.descriptors.max", "1", descriptors.getLast());
            put(
                    readings,
                    "workers.descriptors.all",
                    "1",
                    descriptors.stream().mapToLong(Long::longValue).sum());
            put(readings, "workers.serving", "1", descriptors.size());
        }
        put(readings, "workers.shutting-down", "1", retired);
        put(readings, "workers.shutting-down.descriptors", "1", retiredDescriptors);
    }

    private static double fullness(ProcessMeter.Sample sample) {
        return (double) sample.descriptors() / sample.descriptorLimit();
    }

    private static double sum(List<ProcessMeter.Sample> samples, ToDoubleFunction<ProcessMeter.Sample> figure) {
        return samples.stream().mapToDouble(figure).sum();
    }

    private static double max(List<ProcessMeter.Sample> samples, ToDoubleFunction<ProcessMeter.Sample> figure) {
        return samples.stream().mapToDouble(figure).max().orElse(0);
    }

    private void put(List<Reading> readings, String key, String unit, long value) {
        put(readings, key, unit, (double) value);
    }

    private void put(List<Reading> readings, String key, String unit, double value) {
        readings.add(new Reading(target.name(), name(), key, unit, value));
    }
}
