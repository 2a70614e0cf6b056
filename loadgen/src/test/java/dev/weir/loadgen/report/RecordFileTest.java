package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.outcome.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        RunRecord record = Records.idleTimeout();

        RecordFile.write(record, folder.resolve("deep/er"));

        assertThat(RecordFile.read(folder.resolve("deep/er"))).isEqualTo(record);
        assertThat(folder.resolve("deep/er/run.json.part")).doesNotExist();
    }

    @Test
    void shouldUseTheNamesThatOtherProgramsRead() throws IOException {
        Path file = RecordFile.write(Records.idleTimeout(), folder);

        assertThat(Files.readString(file))
                .contains("\"record\" : 1")
                .contains("\"resource\" : \"idle-timeout\"")
                .contains("\"rank\" : \"certain\"")
                .contains("\"asExpected\" : true")
                .contains("\"heldAtEnd\" : 0")
                .contains("\"deliverIntended\"");
    }

    @Test
    void shouldRefuseARecordWithAnUnknownResource() throws IOException {
        Path file = RecordFile.write(Records.idleTimeout(), folder);
        Files.writeString(file, Files.readString(file).replace("\"idle-timeout\"", "\"gremlins\""));

        assertThatThrownBy(() -> RecordFile.read(folder)).isInstanceOf(IOException.class);
    }
}
