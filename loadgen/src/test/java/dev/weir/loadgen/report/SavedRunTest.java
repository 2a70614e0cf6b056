package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.compare.Comparer;
import dev.weir.loadgen.compare.RunView;
import dev.weir.loadgen.measure.DistributionRecorder;
import dev.weir.loadgen.measure.HistogramLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SavedRunTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldReadTheOneRunBelowAFolder() throws IOException {
        Path broken = save("broken");

        assertThat(SavedRun.read(folder).run()).isEqualTo(SavedRun.read(broken).run());
        assertThat(SavedRun.read(broken.resolve("run.json")).run()).isEqualTo(Records.idleTimeout());
    }

    @Test
    void shouldNameTheRunsWhenThereAreSeveral() throws IOException {
        save("broken");
        save("fixed");

        assertThatThrownBy(() -> SavedRun.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds 2 runs; name one of them: " + folder.resolve("idle-timeout/broken") + ", "
                        + folder.resolve("idle-timeout/fixed"));
    }

    @Test
    void shouldRefuseWhatIsNoRun() throws IOException {
        assertThatThrownBy(() -> SavedRun.read(folder)).hasMessage("no run.json in it");
        Path file = Files.writeString(folder.resolve("run.json"), "{\"record\": 1,");
        assertThatThrownBy(() -> SavedRun.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldReadBackTheLatenciesBesideTheRecord() throws IOException {
        Path broken = save("broken");
        DistributionRecorder recorder = new DistributionRecorder();
        for (int micros = 1; micros <= 1_000; micros++) {
            recorder.record(micros);
        }
        HistogramLog log = new HistogramLog(0);
        log.add("ramp.connect", 0, 900, recorder.take());
        Files.writeString(broken.resolve("latency.hlog"), log.text());

        RunView view = SavedRun.read(broken);

        assertThat(view.micros().orElseThrow()).hasEntrySatisfying("ramp.connect", micros -> {
            assertThat(micros.count()).isEqualTo(1_000);
            assertThat(micros.at(50)).isEqualTo(500);
        });
        Files.writeString(broken.resolve("latency.hlog"), log.text().replaceFirst("HISTF.{20}", "HISTF!"));
        assertThatThrownBy(() -> SavedRun.read(broken)).hasMessageContaining("latency.hlog");
    }

    @Test
    void shouldShowTwoRunsSideBySide() throws IOException {
        RunView run = SavedRun.read(save("broken"));

        assertThat(CompareReport.lines(Comparer.compare(run, run)))
                .anyMatch(line -> line.startsWith("A  idle-timeout / broken"))
                .contains("settings that differ: none")
                .anyMatch(line -> line.startsWith("figures that moved beyond their spread"))
                .anyMatch(line -> line.contains("idle-timeout at edge"));
        assertThat(CompareReport.json(Comparer.compare(run, run))).contains("\"moved\" : [ ]");
    }

    private Path save(String variant) throws IOException {
        Path own = folder.resolve("idle-timeout").resolve(variant);
        RecordFile.write(Records.idleTimeout(), own);
        return own;
    }
}
