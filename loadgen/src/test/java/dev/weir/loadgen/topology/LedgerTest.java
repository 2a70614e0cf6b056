package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldSayWhatIsMadeBeforeItIsMadeAndWhoOwnsIt() throws IOException {
        Ledger ledger = new Ledger(folder, "weir-1");

        ledger.record(new Trace.Namespace("weir-1-edge"));

        assertThat(folder.resolve("weir-1.ledger"))
                .content()
                .isEqualTo(Owner.self().line() + "\nnamespace weir-1-edge\n");
    }

    @Test
    void shouldReadEveryLineThatItWrites() {
        List<Trace> traces = List.of(
                new Trace.Group(Path.of("/sys/fs/cgroup/memory/weir-1/a folder")),
                new Trace.Namespace("weir-1-edge"),
                new Trace.Link("weir-1"),
                new Trace.Sysctl("net.ipv4.tcp_mem", "1 2 3"),
                new Trace.Project("weir-3fa91c", URI.create("unix:///var/run/docker.sock")));

        assertThat(traces)
                .allSatisfy(trace -> assertThat(Trace.parse(trace.line())).contains(trace));
        assertThat(Trace.parse("balloon red")).isEmpty();
        assertThat(Trace.parse("project somebodys unix:///var/run/docker.sock")).isEmpty();
        assertThat(Owner.parse(Owner.self().line())).contains(Owner.self());
    }

    @Test
    void shouldTellALivingOwnerFromALaterProcessUnderItsNumber() {
        Owner self = Owner.self();

        assertThat(self.lives()).isTrue();
        assertThat(new Owner(self.pid(), self.startTicks() + 1).lives()).isFalse();
    }

    @Test
    void shouldLeaveAloneWhatALivingRunHasMade() throws IOException {
        Path made = folder.resolve("made");
        Files.createDirectory(made);
        Ledger ledger = new Ledger(folder, "weir-1");
        ledger.record(new Trace.Group(made));

        assertThat(Leftovers.remove(folder)).isEmpty();

        assertThat(made).exists();
        assertThat(folder.resolve("weir-1.ledger")).exists();
    }

    @Test
    void shouldKeepNobodyFromRunningBecauseOfContainersWhoseEngineDoesNotAnswer() throws IOException {
        Path socket = folder.resolve("docker.sock");
        Files.createFile(socket);
        String left = "owner 1 1\nproject weir-3fa91c unix://" + socket + "\nlink weir-absent-1\n";
        Files.writeString(folder.resolve("weir-1.ledger"), left);

        assertThat(Leftovers.remove(folder)).containsExactly("link weir-absent-1");

        assertThat(folder.resolve("weir-1.ledger")).content().isEqualTo(left);
    }

    @Test
    void shouldForgetContainersWhoseEngineIsGoneWithItsFolder() throws IOException {
        Files.writeString(
                folder.resolve("weir-1.ledger"),
                "owner 1 1\nproject weir-3fa91c unix://" + folder.resolve("gone/docker.sock") + "\n");

        assertThat(Leftovers.remove(folder)).hasSize(1);

        assertThat(folder.resolve("weir-1.ledger")).doesNotExist();
    }

    @Test
    void shouldRemoveWhatAKilledRunLeft() throws IOException {
        Files.writeString(folder.resolve("weir-1.ledger"), "owner 1 1\nlink weir-absent-1\nnamespace weir-absent\n");

        assertThat(Leftovers.remove(folder)).containsExactly("link weir-absent-1", "namespace weir-absent");

        assertThat(folder.resolve("weir-1.ledger")).doesNotExist();
    }
}
