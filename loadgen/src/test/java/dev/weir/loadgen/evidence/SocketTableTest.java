package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SocketTableTest {
    private static final List<HopTarget> HOPS = List.of(
            HopTarget.ofProcess("agents", HopKind.AGENTS, 1).withPorts(List.of(), List.of(18_001)),
            HopTarget.ofProcess("edge", HopKind.NGINX, 2).withPorts(List.of(18_001), List.of(18_002)),
            HopTarget.ofProcess("gateway", HopKind.GATEWAY, 3).withPorts(List.of(18_002), List.of()));

    @Test
    void shouldReadTimerAndWindowWhenTheRowIsDetailed() {
        String line = Golden.text("ss-detail.txt")
                .lines()
                .filter(text -> text.contains("127.0.0.1:59260 timer"))
                .findFirst()
                .orElseThrow();

        assertThat(SocketRow.parse(line))
                .contains(new SocketRow(
                        "ESTAB",
                        0,
                        3_069_509,
                        18_002,
                        59_260,
                        "127.0.0.1 127.0.0.1:59260",
                        "127.0.0.1",
                        true,
                        0,
                        2_096,
                        3_069_509,
                        0.188));
    }

    @Test
    void shouldReadQueuesWhenTheRowIsShort() {
        assertThat(SocketRow.parse("ESTAB  136     0       [::1]:50462 [::1]:18001"))
                .contains(new SocketRow(
                        "ESTAB", 136, 0, 50_462, 18_001, "[::1] [::1]:18001", "[::1]", false, 0, -1, -1, -1));
        assertThat(SocketRow.parse("LISTEN 3 511 *:18001 *:*"))
                .contains(new SocketRow("LISTEN", 3, 511, 18_001, 0, "* *:*", "*", false, 0, -1, -1, -1));
        assertThat(SocketRow.parse("State Recv-Q Send-Q Local Peer")).isEmpty();
    }

    @Test
    void shouldAssignBothEndsWhenAllHopsShareANamespace() {
        Map<String, Double> figures = figures("ss-queues.txt");

        assertThat(figures)
                .containsEntry("agents up.sockets", 10.0)
                .containsEntry("agents up.recvq.sockets", 10.0)
                .containsEntry("edge down.sockets", 10.0)
                .containsEntry("edge down.persist", 5.0)
                .containsEntry("edge down.sendq", 3_853_312.0 * 3 + 3_860_480 + 3_912_704)
                .containsEntry("edge down.accept.backlog", 511.0)
                .containsEntry("edge up.recvq.sockets", 5.0)
                .containsEntry("edge up.persist", 0.0)
                .containsEntry("gateway down.persist", 5.0);
    }

    @Test
    void shouldSayForHowLongWhenTheRowsAreDetailed() {
        assertThat(figures("ss-detail.txt")).containsEntry("edge down.stuck", 5.0);
        assertThat(figures("ss-queues.txt")).doesNotContainKey("edge down.stuck");
    }

    @Test
    void shouldFindPortsByInodeWhenListenersAreListed() {
        assertThat(HopPorts.listeners(List.of(
                        "LISTEN 0      511     127.0.0.1:18001   0.0.0.0:*    ino:1234 sk:1 cgroup:/ <->",
                        "0      128     [::]:22   [::]:*    ino:9 sk:2 cgroup:/ <->")))
                .isEqualTo(Map.of("socket:[1234]", 18_001, "socket:[9]", 22));
    }

    @Test
    void shouldNameEveryPortOnceWhenFiltering() {
        assertThat(SocketTable.filter(HOPS))
                .isEqualTo("( sport = :18001 or dport = :18001 or sport = :18002 or dport = :18002 )");
        assertThat(SocketTable.filter(List.of())).isEmpty();
    }

    private static Map<String, Double> figures(String golden) {
        SocketTable table = new SocketTable(HOPS);
        Golden.text(golden).lines().forEach(line -> SocketRow.parse(line).ifPresent(table::take));
        Function<Reading, String> name = reading -> reading.hop() + " " + reading.key();
        return table.readings().stream().collect(Collectors.toMap(name, Reading::value));
    }
}
