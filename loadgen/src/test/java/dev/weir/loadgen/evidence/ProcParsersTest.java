package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProcParsersTest {
    @Test
    void shouldReadEveryCounterWhenNetstatIsReal() {
        Map<String, Long> counters = Counters.parse(Golden.text("netstat.txt"));

        assertThat(counters)
                .containsKeys(
                        "TcpExt.TCPToZeroWindowAdv",
                        "TcpExt.TCPWinProbe",
                        "TcpExt.ListenOverflows",
                        "TcpExt.TCPAbortOnMemory",
                        "IpExt.InOctets");
        assertThat(counters).containsEntry("TcpExt.TW", 90_041L);
    }

    @Test
    void shouldReadEveryCounterWhenSnmpIsReal() {
        assertThat(Counters.parse(Golden.text("snmp.txt")))
                .containsKeys("Tcp.EstabResets", "Tcp.RetransSegs", "Tcp.MaxConn", "Ip.Forwarding");
    }

    @Test
    void shouldSkipWhatIsNoPairWhenCountersAreCutOff() {
        assertThat(Counters.parse("TcpExt: A B\nTcpExt: 1\nTcp: C\n")).containsExactly(Map.entry("TcpExt.A", 1L));
    }

    @Test
    void shouldReadTheTcpLineWhenSockstatIsReal() {
        assertThat(Sockstat.parseTcp(Golden.text("sockstat.txt")))
                .containsExactly(
                        Map.entry("inuse", 25_341L),
                        Map.entry("orphan", 0L),
                        Map.entry("tw", 3L),
                        Map.entry("alloc", 25_408L),
                        Map.entry("mem", 0L));
        assertThat(Sockstat.parseTcp("UDP: inuse 1")).isEmpty();
    }

    @Test
    void shouldReadStartAndThreadsWhenStatIsReal() {
        ProcText.Stat stat = ProcText.stat(Golden.text("stat.txt")).orElseThrow();

        assertThat(stat).isEqualTo(new ProcText.Stat('R', 0, 1, 234_340, 1_581_056, 0));
    }

    @Test
    void shouldReadStatWhenTheNameHoldsParenthesesAndSpaces() {
        String text = Golden.text("stat.txt").replace("(cat)", "(a b) c)");

        assertThat(ProcText.stat(text)).isEqualTo(ProcText.stat(Golden.text("stat.txt")));
        assertThat(ProcText.stat("12 (x")).isEmpty();
    }

    @Test
    void shouldReadTheSoftLimitWhenLimitsAreReal() {
        assertThat(ProcText.openFilesLimit(Golden.text("limits.txt"))).hasValue(20_000);
        assertThat(ProcText.limit(Golden.text("limits.txt"), "Max address space"))
                .hasValue(Long.MAX_VALUE);
        assertThat(ProcText.openFilesLimit("")).isEmpty();
    }

    @Test
    void shouldReadPssInBytesWhenRollupIsReal() {
        String rollup = Golden.text("smaps_rollup.txt");

        assertThat(ProcText.kilobytes(rollup, "Pss").orElseThrow()).isBetween(100_000L, 1_000_000L);
        assertThat(ProcText.kilobytes(rollup, "Rss").orElseThrow()).isBetween(1_000_000L, 3_000_000L);
        assertThat(ProcText.kilobytes(rollup, "Nothing")).isEmpty();
    }

    @Test
    void shouldReadStubStatusWhenThePageIsReal() {
        assertThat(StubStatus.parse(Golden.text("stub-status.txt"))).contains(new StubStatus(11, 11, 11, 0));
        assertThat(StubStatus.parse("<html>404</html>")).isEmpty();
    }
}
