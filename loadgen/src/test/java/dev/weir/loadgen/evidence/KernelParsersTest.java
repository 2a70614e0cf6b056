package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parsers of what the kernel says beside its counters, each on what a real kernel printed. */
final class KernelParsersTest {
    @Test
    void shouldCountTheTableOnceWhenEveryProcessorShowsIt() {
        assertThat(Conntrack.ofProc(Golden.text("nf_conntrack.txt")))
                .containsEntry("count", 20L)
                .containsEntry("insert_failed", 0L)
                .containsEntry("drop", 0L)
                .containsKeys("early_drop", "invalid", "search_restart");
        assertThat(Conntrack.ofProc("")).isEmpty();
    }

    @Test
    void shouldAddUpProcessorsWhenTrackingCountsInHexadecimal() {
        String text = "entries drop insert_failed\n00000010 0000000a 00000001\n00000010 00000001 00000000\n";

        assertThat(Conntrack.ofProc(text)).isEqualTo(Map.of("count", 16L, "drop", 11L, "insert_failed", 1L));
    }

    @Test
    void shouldReadTheToolWhenTheKernelHasNoFile() {
        assertThat(Conntrack.ofTool(Golden.text("conntrack-tool.txt").replace("drop=0", "drop=3")))
                .containsEntry("drop", 6L)
                .containsEntry("insert_failed", 0L)
                .doesNotContainKey("found");
    }

    @Test
    void shouldFindTheGroupWhenBothVersionsAreMounted() {
        assertThat(Cgroup.memory("9:name=systemd:/\n4:memory:/weir-edge\n0::/\n"))
                .contains(new Cgroup.Membership(1, "/weir-edge"));
        assertThat(Cgroup.memory("0::/kubepods/pod1\n")).contains(new Cgroup.Membership(2, "/kubepods/pod1"));
        assertThat(Cgroup.memory("1:cpu:/\n")).isEmpty();
    }

    @Test
    void shouldReadGroupsWhenLimitsMeanNone() {
        assertThat(Cgroup.limit("50331648\n")).hasValue(50_331_648);
        assertThat(Cgroup.limit("max\n")).isEmpty();
        assertThat(Cgroup.limit("9223372036854771712\n")).isEmpty();
        assertThat(Cgroup.flat(Golden.text("cgroup2-stat.txt")))
                .containsEntry("sock", 7_340_032L)
                .containsEntry("anon", 20_709_376L);
    }

    @Test
    void shouldReadTheVictimWhenTheKernelKilledForMemory() {
        List<KernelLine> lines = Golden.text("kernel-log.txt")
                .lines()
                .flatMap(line -> KernelLine.parse(line).stream())
                .toList();

        assertThat(lines)
                .contains(
                        new KernelLine(KernelLine.Message.OOM_KILL, 14_494, "python3", "/weir-evt", 0),
                        new KernelLine(KernelLine.Message.OOM_VICTIM, 14_494, "python3", "", 20_224L * 1_024))
                .extracting(KernelLine::message)
                .containsExactlyInAnyOrder(KernelLine.Message.values());
    }

    @Test
    void shouldReadStallsInTheirUnitsWhenTheKernelKeepsThem() {
        assertThat(Pressure.parse(Golden.text("pressure.txt"))).containsKeys("some.avg10", "some.total", "full.total");
        assertThat(Pressure.parse("some avg10=1.50 avg60=0.00 avg300=0.00 total=1234\n"))
                .containsEntry("some.avg10", 1.5)
                .containsEntry("some.total", 1234.0);
    }

    @Test
    void shouldReadInterfacesWhenNamesTouchTheirColon() {
        assertThat(NetDev.parse(Golden.text("net-dev.txt")))
                .extracting(NetDev::name)
                .contains("lo", "eth0");
        assertThat(NetDev.parse("h\nh\n  eth0:1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0\n"))
                .containsExactly(new NetDev("eth0", 1, 5, 3 + 4 + 7 + 8));
    }

    @Test
    void shouldReadTheWholeHostWhenStatIsReal() {
        HostStat stat = HostStat.parse(Golden.text("host-stat.txt"));

        assertThat(stat.busyTicks()).isPositive().isLessThan(stat.allTicks());
        assertThat(stat.contextSwitches()).isPositive();
        assertThat(stat.interrupts()).isPositive();
        assertThat(stat.runnable()).isPositive();
    }

    @Test
    void shouldTellRolesWhenProcessesHaveTitles() {
        assertThat(WorkerRole.of("nginx: worker process")).isEqualTo(WorkerRole.SERVING);
        assertThat(WorkerRole.of("nginx: worker process is shutting down")).isEqualTo(WorkerRole.SHUTTING_DOWN);
        assertThat(WorkerRole.of("nginx: cache manager process")).isEqualTo(WorkerRole.HELPER);
        assertThat(WorkerRole.of("haproxy -W -f h.cfg")).isEqualTo(WorkerRole.SERVING);
    }

    @Test
    void shouldClassifyLinesWhenServersAreNoNginx() {
        assertThat(ServerLogClass.of("Exception in thread x java.lang.OutOfMemoryError: Java heap space"))
                .contains(ServerLogClass.OUT_OF_MEMORY);
        assertThat(ServerLogClass.of("Terminating due to java.lang.OutOfMemoryError: Java heap space"))
                .contains(ServerLogClass.OUT_OF_MEMORY);
        assertThat(ServerLogClass.of("OutOfMemoryError: unable to create native thread: possibly out of memory"))
                .contains(ServerLogClass.NO_THREADS);
        assertThat(ServerLogClass.of("Connect() failed for backend be: no free ports."))
                .contains(ServerLogClass.ADDRESS_UNAVAILABLE);
        assertThat(ServerLogClass.of("all is well")).isEmpty();
    }
}
