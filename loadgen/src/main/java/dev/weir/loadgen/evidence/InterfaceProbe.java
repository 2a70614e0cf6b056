package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Throughput of the interfaces of one network namespace, and its share of the link's speed where the kernel knows one.
 *
 * <p>Interfaces that carried nothing since the start are left out. The speed of a link is read for this process's own namespace only, since
 * {@code /sys} shows no other; a loopback and most virtual links have none.
 *
 * <p><b>Threading:</b> one thread at a time; keeps the last counts to make rates of them.
 */
final class InterfaceProbe implements Probe {
    static final String NAME = "interfaces";

    private static final double BITS_PER_BYTE = 8;
    private static final double BITS_PER_MEGABIT = 1e6;

    private final String hop;
    private final Path file;
    private final boolean own;
    private final Map<String, NetDev> first = new HashMap<>();
    private final Map<String, NetDev> last = new HashMap<>();
    private long lastNanos;

    /**
     * A probe of one namespace.
     *
     * @param hop name under which its figures stand
     * @param pid a process in it
     * @param own whether it is this process's own
     */
    InterfaceProbe(String hop, long pid, boolean own) {
        this.hop = hop;
        this.file = Path.of("/proc/" + pid + "/net/dev");
        this.own = own;
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Reading> read() throws IOException {
        List<NetDev> devices = NetDev.parse(SmallFile.text(file));
        long now = System.nanoTime();
        double seconds = (now - lastNanos) / 1e9;
        List<Reading> readings = new ArrayList<>();
        for (NetDev device : devices) {
            first.putIfAbsent(device.name(), device);
            NetDev before = last.put(device.name(), device);
            if (before != null && seconds > 0 && !device.equals(first.get(device.name()))) {
                rates(device, before, seconds, readings);
            }
        }
        lastNanos = now;
        return readings;
    }

    private void rates(NetDev device, NetDev before, double seconds, List<Reading> into) {
        double in = (device.receivedBytes() - before.receivedBytes()) / seconds;
        double out = (device.sentBytes() - before.sentBytes()) / seconds;
        String of = "{if=" + device.name() + "}";
        into.add(new Reading(hop, NAME, "in.per-second" + of, "bytes", in));
        into.add(new Reading(hop, NAME, "out.per-second" + of, "bytes", out));
        NetDev start = first.getOrDefault(device.name(), device);
        into.add(new Reading(hop, NAME, "dropped" + of, "1", device.dropped() - start.dropped()));
        double megabits = own ? speedMegabits(device.name()) : 0;
        if (megabits > 0) {
            double share = Math.max(in, out) * BITS_PER_BYTE / (megabits * BITS_PER_MEGABIT);
            into.add(new Reading(hop, NAME, "link.share" + of, "share", share));
        }
    }

    private static double speedMegabits(String name) {
        try {
            return Double.parseDouble(
                    SmallFile.text(Path.of("/sys/class/net/" + name + "/speed")).strip());
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }
}
