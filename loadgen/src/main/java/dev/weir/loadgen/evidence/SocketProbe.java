package dev.weir.loadgen.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A sample of sockets, from the kernel over netlink; {@code /proc/net/tcp} takes minutes at a million sockets.
 *
 * <p>One cheap walk gives queues and timers of up to {@link #ROWS_MAX} sockets. Only when some of them wait for a window, a second one
 * says for how long, for up to {@link #DETAIL_ROWS_MAX}. The kernel's order is that of a hash, so a cut-off list is a random sample;
 * {@code truncated} says that it was. Where this process may not ask by itself, {@code ss} does, at nine times the cost, and once where the kernel did not answer this
 * time; one that failed or was ended by its deadline is none: the probe is missing then.
 */
final class SocketProbe implements Probe {
    static final String NAME = "ss";
    /** <b>Bounds:</b> rows of the cheap walk, about 90 bytes each. */
    static final int ROWS_MAX = 150_000;
    /** <b>Bounds:</b> rows of the closer look, about 700 bytes each. */
    static final int DETAIL_ROWS_MAX = 8_000;

    /** <b>Bounds:</b> sockets of the host beyond which no list comes to its end in time, and each try would take the chain's own processor. */
    static final int SOCKETS_MAX = 600_000;

    /** <b>Bounds:</b> rows of the look at round trips. */
    static final int RTT_ROWS_MAX = 400;

    /** Round trips are looked at every n-th time only. */
    private static final int RTT_EVERY = 5;

    private static final int SIX_EVERY = 5;

    /** From here on a walk takes tens of milliseconds of a processor: where the kernel's sums say that nothing has changed, the last one stands. */
    static final int ROWS_MANY = 20_000;

    private static final long DEADLINE_MILLIS = 2_000;
    /** <b>Bounds:</b> what is kept of the words on its error output. */
    private static final int WORDS_BYTES_MAX = 1_000;
    /** Exit value of a process that the deadline ended: 128 and SIGKILL. */
    private static final int KILLED = 128 + 9;

    private static final List<String> STATES =
            List.of("listening", "established", "fin-wait-1", "close-wait", "last-ack", "syn-sent");

    private final String hop;
    private final List<HopTarget> hops;
    private final long pid;
    private final List<String> prefix;
    private final SocketCalm calm;
    private final Kernel kernel;
    private boolean byTool;
    private boolean hasSix;
    private int samples;
    private Optional<SocketCalm.Sums> sums = Optional.empty();
    private List<Reading> last = List.of();
    private long rowsOfLast;

    /**
     * A probe of one network namespace.
     *
     * @param hop name under which the namespace's own figures stand
     * @param hops the hops whose sockets are in it
     * @param pid a process in it
     * @param prefix command that enters the namespace, empty for this process's own
     */
    SocketProbe(String hop, List<HopTarget> hops, long pid, List<String> prefix) {
        this(hop, hops, pid, prefix, SocketDiag::walk);
    }

    /** A probe that asks another kernel than this host's. */
    SocketProbe(String hop, List<HopTarget> hops, long pid, List<String> prefix, Kernel kernel) {
        this.hop = hop;
        this.hops = List.copyOf(hops);
        this.pid = pid;
        this.prefix = List.copyOf(prefix);
        this.calm = new SocketCalm(pid);
        this.kernel = kernel;
    }

    /** A probe that asks {@code ss} and nobody else. */
    SocketProbe(String hop, List<HopTarget> hops, List<String> prefix) {
        this(hop, hops, ProcessHandle.current().pid(), prefix);
        byTool = true;
    }

    /** Who lists sockets, as {@link SocketDiag#walk} does. */
    interface Kernel {
        long walk(long pid, SocketDiag.Family family, boolean detailed, long rowsMax, SocketDiag.Sink into)
                throws IOException;
    }

    /** What one walk took, and how much that was. */
    private record Walk(long rows, SocketTable table) {}

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long periodMillis() {
        return 2_000;
    }

    @Override
    public boolean usesTools() {
        return byTool;
    }

    @Override
    public List<Reading> read() throws IOException {
        // Before the walk: what happens while it is under way is no longer as it was.
        Optional<SocketCalm.Sums> now = rowsOfLast < ROWS_MANY ? Optional.empty() : Optional.of(calm.sums());
        if (now.isPresent() && sums.isPresent() && now.get().isLike(sums.get())) {
            return last;
        }
        last = walk();
        sums = now;
        return last;
    }

    private List<Reading> walk() throws IOException {
        refuseTooMany();
        Walk cheap = walk(Look.CHEAP, ROWS_MAX);
        long rows = cheap.rows();
        if (rows == 0) {
            throw new IOException("there is no socket of the chain");
        }
        rowsOfLast = rows;
        List<Reading> readings = new ArrayList<>(cheap.table().readings());
        if (cheap.table().held()) {
            walk(Look.CLOSE, DETAIL_ROWS_MAX).table().readings().stream()
                    .filter(reading ->
                            reading.key().endsWith(".stuck") || reading.key().endsWith(".notsent"))
                    .forEach(reading -> replace(readings, reading));
        }
        if (samples++ % RTT_EVERY == 0) {
            walk(Look.ROUND_TRIPS, RTT_ROWS_MAX).table().readings().stream()
                    .filter(reading -> reading.key().endsWith(".rtt"))
                    .forEach(reading -> replace(readings, reading));
        }
        readings.add(new Reading(hop, NAME, "rows", "1", rows));
        readings.add(new Reading(hop, NAME, "truncated", "1", rows >= ROWS_MAX ? 1 : 0));
        return List.copyOf(readings);
    }

    private static void refuseTooMany() throws IOException {
        long sockets =
                Sockstat.parseTcp(SmallFile.text(Path.of("/proc/net/sockstat"))).getOrDefault("alloc", 0L);
        if (sockets > SOCKETS_MAX) {
            throw new IOException("ss cannot list so many in time: sockets=" + sockets + " at most " + SOCKETS_MAX);
        }
    }

    private static void replace(List<Reading> readings, Reading reading) {
        readings.removeIf(old -> old.hop().equals(reading.hop()) && old.key().equals(reading.key()));
        readings.add(reading);
    }

    /** What is asked of each socket. */
    private enum Look {
        CHEAP("-HOtno"),
        CLOSE("-HOtnomi"),
        ROUND_TRIPS("-HOtnoi");

        private final String options;

        Look(String options) {
            this.options = options;
        }
    }

    private Walk walk(Look look, int rowsMax) throws IOException {
        if (byTool) {
            return walk(look.options, rowsMax);
        }
        try {
            return ask(look, rowsMax);
        } catch (KernelRefusal refused) {
            // A sandbox that lets nobody enter a namespace may have an ss that is let. What happened once, as a process
            // that is gone, says nothing of the next time.
            byTool = refused.isLasting();
        } catch (LinkageError refused) {
            // The same where nobody may call the C library.
            byTool = true;
        } catch (IOException once) {
            byTool = false;
        }
        // Into a table of its own: what the kernel said until it refused would count twice.
        return walk(look.options, rowsMax);
    }

    /** Where there were none, sockets of IPv6 are looked for now and then. */
    private Walk ask(Look look, int rowsMax) throws IOException {
        SocketTable into = new SocketTable(hops);
        boolean detailed = look != Look.CHEAP;
        long rows = kernel.walk(pid, SocketDiag.Family.IPV4, detailed, rowsMax, into);
        if (rows < rowsMax && (hasSix || samples % SIX_EVERY == 0)) {
            long six = kernel.walk(pid, SocketDiag.Family.IPV6, detailed, rowsMax - rows, into);
            hasSix = hasSix || six > 0;
            rows += six;
        }
        return new Walk(rows, into);
    }

    private Walk walk(String options, int rowsMax) throws IOException {
        SocketTable into = new SocketTable(hops);
        Process process = start(options);
        Thread watchdog = Thread.ofVirtual().unstarted(() -> destroyAfterDeadline(process));
        watchdog.start();
        long rows = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && rows < rowsMax) {
                rows++;
                SocketRow.parse(line).ifPresent(into::take);
                line = lines.readLine();
            }
            if (line == null) {
                requireWhole(process, rows);
            }
            return new Walk(rows, into);
        } finally {
            process.destroyForcibly();
            watchdog.interrupt();
        }
    }

    /** What an {@code ss} printed that did not come to its end is no sample: the sockets that are absent may be the ones that wait. */
    private static void requireWhole(Process process, long rows) throws IOException {
        String words = new String(process.getErrorStream().readNBytes(WORDS_BYTES_MAX), StandardCharsets.UTF_8).strip();
        int exitValue = process.onExit().join().exitValue();
        if (exitValue == KILLED) {
            throw new IOException("ss did not end within " + DEADLINE_MILLIS + " ms, after " + rows + " sockets");
        }
        if (exitValue != 0) {
            throw new IOException("ss ended with exit code " + exitValue + " after " + rows + " sockets"
                    + (words.isEmpty() ? "" : ": " + words.lines().findFirst().orElse("")));
        }
        if (rows == 0) {
            throw new IOException("ss printed no socket of the chain");
        }
    }

    private Process start(String options) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add("ss");
        command.add(options);
        for (String state : STATES) {
            command.add("state");
            command.add(state);
        }
        command.add(SocketTable.filter(hops));
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException cannotStart) {
            throw new IOException(command.getFirst() + " not found", cannotStart);
        }
    }

    private static void destroyAfterDeadline(Process process) {
        try {
            if (!process.waitFor(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)) {
                // By its handle: Process.destroyForcibly would close the streams under their reader.
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException finished) {
            Thread.currentThread().interrupt();
        }
    }
}
