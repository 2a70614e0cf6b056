package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counters of one network namespace: {@code netstat} and {@code snmp}, read through a process that lives in it. */
final class CounterProbe implements Probe {
    /** The counters that tell one cause from another; a kernel that lacks one leaves it out. */
    private static final List<String> NETSTAT = List.of(
            "TcpExt.TCPToZeroWindowAdv",
            "TcpExt.TCPFromZeroWindowAdv",
            "TcpExt.TCPWantZeroWindowAdv",
            "TcpExt.TCPZeroWindowDrop",
            "TcpExt.TCPWinProbe",
            "TcpExt.TCPTimeouts",
            "TcpExt.TCPSynRetrans",
            "TcpExt.ListenOverflows",
            "TcpExt.ListenDrops",
            "TcpExt.TCPAbortOnData",
            "TcpExt.TCPAbortOnClose",
            "TcpExt.TCPAbortOnMemory",
            "TcpExt.TCPAbortOnTimeout",
            "TcpExt.TCPAbortOnLinger",
            "TcpExt.TCPMemoryPressures",
            "TcpExt.TCPRcvQDrop",
            "TcpExt.PruneCalled",
            "TcpExt.TCPTimeWaitOverflow",
            "TcpExt.TW",
            "TcpExt.TCPKeepAlive",
            "TcpExt.TCPLostRetransmit",
            "TcpExt.TCPReqQFullDrop",
            "TcpExt.TCPReqQFullDoCookies");

    private static final List<String> SNMP = List.of(
            "Tcp.ActiveOpens",
            "Tcp.PassiveOpens",
            "Tcp.AttemptFails",
            "Tcp.EstabResets",
            "Tcp.RetransSegs",
            "Tcp.OutSegs",
            "Tcp.OutRsts");

    private final String hop;
    private final String name;
    private final List<String> keys;
    private final Path file;

    private CounterProbe(String hop, String name, List<String> keys, Path file) {
        this.hop = hop;
        this.name = name;
        this.keys = keys;
        this.file = file;
    }

    static CounterProbe netstat(String hop, long pid) {
        return new CounterProbe(hop, "netstat", NETSTAT, Path.of("/proc/" + pid + "/net/netstat"));
    }

    static CounterProbe snmp(String hop, long pid) {
        return new CounterProbe(hop, "snmp", SNMP, Path.of("/proc/" + pid + "/net/snmp"));
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Reading> read() throws IOException {
        Map<String, Long> counters = Counters.parse(SmallFile.text(file));
        List<Reading> readings = new ArrayList<>();
        for (String key : keys) {
            Long value = counters.get(key);
            if (value != null) {
                readings.add(new Reading(hop, name, key, "1", value));
            }
        }
        return readings;
    }
}
