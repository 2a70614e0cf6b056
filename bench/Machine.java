import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What the figures were measured on. */
final class Machine {
    private static final double OTHER_LOAD_SHARE_MAX = 0.05;
    private static final int LOOK_MILLIS = 1000;
    /** Columns of the first line of /proc/stat that are not work: idle and iowait. */
    private static final int IDLE = 3;

    private static final int IOWAIT = 4;

    /** Of the files that a process may open, those that stay free of connections. */
    private static final int FILES_SPARE = 1000;

    private static final int TABLE_MAX = 1 << 20;

    private Machine() {}

    /** Connections that a process holds here whose threads share one table of descriptors, as they do unless they ask otherwise. */
    static int connectionsOfOneTable() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" {2,}")[2])
                    .mapToInt(hard -> hard.equals("unlimited") ? TABLE_MAX : (int) Math.min(TABLE_MAX, Long.parseLong(hard)))
                    .map(files -> Math.max(1, files - FILES_SPARE))
                    .findFirst()
                    .orElse(1);
        } catch (IOException e) {
            throw new BenchException(BenchException.ENVIRONMENT, "the limit on open files must be readable: " + e.getMessage());
        }
    }

    static String describe() {
        return "machine: %d cores (%s), %s %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    /** A warning when others keep this machine busy: figures in CPU seconds bear some of that, but caches are shared. */
    static Optional<String> otherLoad() throws IOException, InterruptedException {
        long[] before = jiffies();
        Thread.sleep(LOOK_MILLIS);
        long[] after = jiffies();
        long all = Arrays.stream(after).sum() - Arrays.stream(before).sum();
        long idle = after[IDLE] - before[IDLE] + after[IOWAIT] - before[IOWAIT];
        double busy = all == 0 ? 0 : 1 - (double) idle / all;
        return busy <= OTHER_LOAD_SHARE_MAX
                ? Optional.empty()
                : Optional.of("warning: other work keeps %.0f %% of this machine busy; spreads will be wide".formatted(100 * busy));
    }

    /** User, nice, system, idle, iowait, irq, softirq, steal. Source: proc_stat(5). */
    private static long[] jiffies() throws IOException {
        String[] words = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+");
        return Arrays.stream(words, 1, 9).mapToLong(Long::parseLong).toArray();
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
