package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.gateway.protocol.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could go wrong once a number means one descriptor in a loop and another one elsewhere. */
final class DescriptorTableIT {
    private static final int CLIENTS = 60;

    @TempDir
    private Path folder;

    @BeforeEach
    void needTheCall() {
        assumeThat(DescriptorTable.refusal())
                .as("this sandbox refuses a descriptor table to a thread")
                .isEmpty();
    }

    private static TestConfig split() {
        TestConfig config = new TestConfig();
        config.loops = 4;
        config.ownTables = true;
        return config;
    }

    private interface Work {
        Object run() throws Exception;
    }

    /** Runs something on a thread with a table of its own. */
    private static Object onSplitThread(Work work) throws Exception {
        CompletableFuture<Object> done = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                DescriptorTable.split();
                done.complete(work.run());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(10, TimeUnit.SECONDS);
    }

    private static List<RawClient> clients(HubFixture fixture) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(RawClient.subscribed(fixture.port(), "all"));
        }
        return clients;
    }

    private static void publish(HubFixture fixture, int number) {
        HubFixture.await(
                fixture.hub().publish("all", Payload.of(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8))));
    }

    private static void assertAllGet(List<RawClient> clients, int number) throws IOException {
        for (RawClient client : clients) {
            assertThat(client.readFrame().text()).contains("\"data\":{\"n\":" + number + "}");
        }
    }

    private static void closeAll(List<RawClient> clients) throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void shouldKeepItsSocketsApartFromFilesThatOthersOpenUnderTheSameNumbers() throws Exception {
        List<RawClient> clients = List.of();
        List<FileChannel> files = new ArrayList<>();
        try (HubFixture fixture = new HubFixture(split())) {
            clients = clients(fixture);
            // More files than clients: in the loops' tables many of these numbers are sockets.
            for (int i = 0; i < 4 * CLIENTS; i++) {
                files.add(FileChannel.open(
                        folder.resolve("file-" + i), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            }
            for (FileChannel file : files) {
                file.write(ByteBuffer.wrap("only here".getBytes(StandardCharsets.UTF_8)));
            }
            publish(fixture, 1);

            assertAllGet(clients, 1);
            for (int i = 0; i < files.size(); i++) {
                files.get(i).close();
                assertThat(folder.resolve("file-" + i)).hasContent("only here");
            }
            publish(fixture, 2);
            assertAllGet(clients, 2);
        } finally {
            closeAll(clients);
        }
    }

    @Test
    void shouldGoOnWhenTheLogIsRotated() throws Exception {
        List<RawClient> clients = List.of();
        Path log = folder.resolve("gateway.log");
        try (HubFixture fixture = new HubFixture(split())) {
            clients = clients(fixture);
            for (int turn = 0; turn < 20; turn++) {
                Files.writeString(log, "turn " + turn + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Files.move(log, folder.resolve("gateway.log." + turn));
                publish(fixture, turn);
                assertAllGet(clients, turn);
            }
            assertThat(folder.resolve("gateway.log.19")).hasContent("turn 19");
        } finally {
            closeAll(clients);
        }
    }

    @Test
    void shouldReadFromAJarThatWasOpenedBeforeTheSplit() throws Exception {
        Path jar = folder.resolve("late.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("late.txt"));
            out.write("read late".getBytes(StandardCharsets.UTF_8));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(loader.getResource("no/such/resource")).isNull();

            Object text = onSplitThread(() -> {
                try (var in = loader.getResourceAsStream("late.txt")) {
                    return in == null ? "missing" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            });

            assertThat(text).isEqualTo("read late");
        }
    }

    @Test
    void shouldLoadClassesThatNobodyNeededBefore() throws Exception {
        DescriptorTable.prepare();

        Object name = onSplitThread(
                () -> Class.forName("io.netty.util.NetUtilInitializations").getName());

        assertThat(name).isEqualTo("io.netty.util.NetUtilInitializations");
    }

    @Test
    void shouldLetAConnectionOfOthersEndThatWasOpenAtTheSplit() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            client.setSoTimeout(2_000);
            Socket accepted = listener.accept();
            try (HubFixture fixture = new HubFixture(split())) {
                accepted.close();

                assertThat(endOf(client)).isEqualTo("end");
                assertThat(fixture.hub().ports()).isNotEmpty();
            }
        }
    }

    private static String endOf(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0 ? "end" : "data";
        } catch (SocketTimeoutException heldOpenByALoop) {
            return "still open";
        }
    }

    @Test
    void shouldEndEverySocketWhenItCloses() throws Exception {
        List<RawClient> clients;
        int port;
        try (HubFixture fixture = new HubFixture(split())) {
            clients = clients(fixture);
            port = fixture.port();
        }

        for (RawClient client : clients) {
            assertThat(client.readFrame().closeCode()).isEqualTo(3001);
            assertThat(client.atEnd()).isTrue();
            client.close();
        }
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }
}
