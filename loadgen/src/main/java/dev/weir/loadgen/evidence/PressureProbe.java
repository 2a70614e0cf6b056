package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long tasks of this host waited for processor, memory or disk, where the kernel keeps that account. */
final class PressureProbe implements Probe {
    private static final Path FOLDER = Path.of("/proc/pressure");
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double PERCENT = 100;

    @Override
    public String hop() {
        return EvidenceCollector.HOST;
    }

    @Override
    public String name() {
        return "pressure";
    }

    @Override
    public List<Reading> read() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            throw new IOException("this kernel keeps no account of stalls: " + FOLDER + " does not exist");
        }
        List<Reading> readings = new ArrayList<>();
        for (String resource : List.of("cpu", "memory", "io")) {
            Map<String, Double> values = Pressure.parse(SmallFile.text(FOLDER.resolve(resource)));
            put(readings, resource + ".waited", "ms", values.get("some.total"), MICROS_PER_MILLI);
            put(readings, resource + ".share", "share", values.get("some.avg10"), PERCENT);
        }
        return readings;
    }

    private void put(
            List<Reading> into, String key, String unit, @org.jspecify.annotations.Nullable Double value, double per) {
        if (value != null) {
            into.add(new Reading(hop(), name(), key, unit, value / per));
        }
    }
}
