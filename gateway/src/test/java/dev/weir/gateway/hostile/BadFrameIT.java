package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.server.HubFixture;
import dev.weir.gateway.server.RawClient;
import dev.weir.gateway.server.TestConfig;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With which code each bad frame ends its connection: the proxies pass frames on unread, so the answer is the same on both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadFrameIT {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NOTHING = {};

    private final Site site;

    BadFrameIT() throws Exception {
        site = new Site(new TestConfig());
    }

    @AfterAll
    void closeSite() throws Exception {
        site.end();
    }

    /** Bytes behind a good start, as the characters of the same numbers, and the code that answers them. */
    record Case(String name, String bytes, int code) {
        Case(String name, byte[] bytes, int code) {
            this(name, new String(bytes, StandardCharsets.ISO_8859_1), code);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Case raw(String name, String hex, int code) {
        return new Case(name, HEX.parseHex(hex.replace(" ", "")), code);
    }

    private static Case frame(String name, int first, String payloadHex, int code) {
        return new Case(name, RawClient.frame(first, HEX.parseHex(payloadHex.replace(" ", ""))), code);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] repeat(byte[] first, byte[] then, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        for (int i = 0; i < times; i++) {
            all.writeBytes(then);
        }
        return all.toByteArray();
    }

    static Stream<Case> cases() {
        return Stream.of(heads(), lengths(), fragments(), text(), closes()).flatMap(part -> part);
    }

    private static Stream<Case> heads() {
        Stream<Case> opcodes = IntStream.of(3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF)
                .mapToObj(opcode -> frame("27 opcode " + opcode, 0x80 | opcode, "", 1002));
        Stream<Case> others = Stream.of(
                raw("25 unmasked text", "81 02 7B7D", 1002),
                raw("25 unmasked close", "88 00", 1002),
                frame("26 RSV1, 40 compressed", 0xC1, "AA", 1002),
                frame("26 RSV2", 0xA1, "7B7D", 1002),
                frame("26 RSV3", 0x91, "7B7D", 1002),
                frame("28 fragmented ping", 0x09, "", 1002),
                frame("28 fragmented close", 0x08, "", 1002),
                new Case("28 long ping", RawClient.frame(0x89, new byte[126]), 1002),
                frame("53 binary", 0x82, "7B7D", 1003));
        return Stream.concat(opcodes, others);
    }

    private static Stream<Case> lengths() {
        byte[] tooLong = ByteBuffer.allocate(10)
                .put((byte) 0x81)
                .put((byte) 0xFF)
                .putLong(64 * 1024 + 1)
                .array();
        return Stream.of(
                raw("30 16 bits for 125", "81 FE 007D 00000000", 1002),
                raw("30 64 bits for 65535", "81 FF 000000000000FFFF 00000000", 1002),
                raw("30 2^63", "81 FF 8000000000000000 00000000", 1002),
                raw("30 2^31", "81 FF 0000000080000000 00000000", 1009),
                raw("30 2^63-1", "81 FF 7FFFFFFFFFFFFFFF 00000000", 1009),
                new Case("31 64 KiB and 1, of which nothing follows", tooLong, 1009));
    }

    private static Stream<Case> fragments() {
        byte[] half = "x".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                frame("29 continuation first", 0x80, "7B7D", 1002),
                new Case(
                        "29 text inside a message",
                        join(RawClient.frame(0x01, NOTHING), RawClient.frame(0x81, NOTHING)),
                        1002),
                new Case("31 message of 80,000", join(RawClient.frame(0x01, half), RawClient.frame(0x80, half)), 1009),
                new Case(
                        "32 10,000 empty fragments",
                        repeat(RawClient.frame(0x01, NOTHING), RawClient.frame(0x00, NOTHING), 10_000),
                        1008),
                new Case(
                        "32 10,000 tiny fragments",
                        repeat(RawClient.frame(0x01, NOTHING), RawClient.frame(0x00, new byte[] {'x'}), 10_000),
                        1008));
    }

    private static Stream<Case> text() {
        byte[] good = "{\"a\":\"".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                frame("34 lone tail", 0x81, "7B 80 7D", 1007),
                frame("34 cut sequence", 0x81, "7B E2 98", 1007),
                frame("34 overlong slash", 0x81, "C0 AF", 1007),
                frame("34 overlong three", 0x81, "E0 80 AF", 1007),
                frame("34 surrogate", 0x81, "ED A0 80", 1007),
                frame("34 above 10FFFF", 0x81, "F4 90 80 80", 1007),
                frame("34 FF", 0x81, "FF", 1007),
                new Case(
                        "34 sequence broken by a fragment",
                        join(RawClient.frame(0x01, good), RawClient.frame(0x80, new byte[] {(byte) 0xE2, 0x22})),
                        1007));
    }

    private static Stream<Case> closes() {
        Stream<Case> codes = IntStream.of(0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)
                .mapToObj(code -> frame("35 close " + code, 0x88, HEX.toHexDigits((short) code), 1002));
        Stream<Case> others = Stream.of(
                frame("35 close of one byte", 0x88, "03", 1002),
                frame("35 reason not UTF-8", 0x88, "03E8 C0AF", 1007),
                new Case(
                        "36 data after close",
                        join(RawClient.frame(0x88, new byte[] {3, (byte) 0xE8}), RawClient.frame(0x83, new byte[10])),
                        1000));
        return Stream.concat(codes, others);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldCloseDirectly(Case bad) throws Exception {
        check(bad, Way.DIRECT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldCloseThroughTwoHops(Case bad) throws Exception {
        check(bad, Way.TWO_HOPS);
    }

    private void check(Case bad, Way way) throws Exception {
        long before = site.closedWith(bad.code);
        try (RawClient client = site.subscribed(way)) {
            long startNanos = System.nanoTime();
            client.send(bad.bytes);
            assertThat(client.readFrame().closeCode()).isEqualTo(bad.code);
            assertThat(client.readAll()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(1));
        }
        if (bad.code != 1000) {
            HubFixture.eventually(() -> site.closedWith(bad.code) == before + 1);
        }
    }

    /** What a proxy has not passed on when it is told of our end turns its own close into a reset, and the code is lost. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldSayTheCodeToClientThatGoesOnSending(Way way) throws Exception {
        byte[] more = RawClient.frame(0x82, new byte[16 * 1024]);
        try (RawClient client = site.subscribed(way)) {
            client.send(RawClient.frame(0x83, NOTHING));
            for (int i = 0; i < 100; i++) {
                client.send(more);
                TimeUnit.MILLISECONDS.sleep(3);
            }
            assertThat(client.readFrame().closeCode()).isEqualTo(1002);
            assertThat(client.readAll()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldDeliverWhenFirstFragmentIsEmpty(Way way) throws Exception {
        byte[] command = "{\"id\":9,\"publish\":{\"channel\":\"r\",\"data\":\"☃\"}}".getBytes(StandardCharsets.UTF_8);
        int middleOfSnowman = command.length - 5;
        try (RawClient client = site.subscribed(way)) {
            client.send(RawClient.frame(0x01, NOTHING));
            client.send(RawClient.frame(0x00, Arrays.copyOf(command, middleOfSnowman)));
            client.send(RawClient.frame(0x89, new byte[] {'p'}));
            client.send(RawClient.frame(0x80, Arrays.copyOfRange(command, middleOfSnowman, command.length)));

            assertThat(client.readFrame()).isEqualTo(new RawClient.Frame(0xA, "p"));
            assertThat(client.readFrame().text()).isEqualTo("{\"id\":9,\"publish\":{}}");
            assertThat(client.readFrame().text()).contains("\"data\":\"☃\"");
        }
    }
}
