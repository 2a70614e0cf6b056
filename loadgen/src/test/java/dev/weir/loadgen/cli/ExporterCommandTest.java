package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ExporterCommandTest {
    private final StringWriter err = new StringWriter();

    private int exporter(String listen) {
        CommandLine line = CommandLines.create().setErr(new PrintWriter(err, true));
        return line.execute("exporter", "--hop=edge=pid:1", "--listen=" + listen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", ":9101", "127.0.0.1:99999", "127.0.0.1:http"})
    void shouldSayWhatAnAddressIs(String listen) {
        assertThat(exporter(listen)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--listen must be HOST:PORT, port at most 65535: listen=" + listen);
    }
}
