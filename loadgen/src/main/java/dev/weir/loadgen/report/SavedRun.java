package dev.weir.loadgen.report;

import dev.weir.loadgen.compare.RunView;
import dev.weir.loadgen.measure.HistogramLog;
import dev.weir.loadgen.outcome.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A run as it lies on disk: its record, and its latencies beside it. */
public final class SavedRun {
    /** The latencies' file name in a run's folder. */
    public static final String HISTOGRAMS = "latency.hlog";

    /** As deep as a record lies below the folder given with {@code -o}: scenario, variant, file. */
    private static final int DEPTH = 3;

    private SavedRun() {}

    /**
     * Reads a run.
     *
     * @param given {@code run.json}, its folder, or a folder above that holds this one run and no other
     * @throws IOException when there is no record there, or more than one, or it is not a record of this form; the message names those that there are
     */
    public static RunView read(Path given) throws IOException {
        Path file = Files.isDirectory(given) ? only(given) : given;
        RunRecord run = RecordFile.read(file);
        Path histograms = file.resolveSibling(HISTOGRAMS);
        if (!Files.exists(histograms)) {
            return new RunView(given.toString(), run, Optional.empty());
        }
        try {
            return new RunView(given.toString(), run, Optional.of(HistogramLog.read(Files.readString(histograms))));
        } catch (IllegalArgumentException e) {
            throw new IOException(histograms + ": " + e.getMessage(), e);
        }
    }

    private static Path only(Path folder) throws IOException {
        Path direct = folder.resolve(RecordFile.NAME);
        if (Files.exists(direct)) {
            return direct;
        }
        List<Path> records;
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            records = files.filter(file -> file.endsWith(RecordFile.NAME))
                    .sorted()
                    .toList();
        }
        if (records.size() == 1) {
            return records.getFirst();
        }
        if (records.isEmpty()) {
            throw new IOException("no " + RecordFile.NAME + " in it");
        }
        throw new IOException("it holds " + records.size() + " runs; name one of them: "
                + String.join(", ", records.stream().map(SavedRun::folderOf).toList()));
    }

    private static String folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file.toString() : parent.toString();
    }
}
