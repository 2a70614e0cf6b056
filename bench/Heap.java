import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is alive in a JVM's heap after a full collection.
 *
 * @param liveBytes all of it
 * @param bytesByClass by class, as the histogram names it
 */
record Heap(long liveBytes, Map<String, Long> bytesByClass) {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)\\s*");

    /** Collects and counts: {@code GC.class_histogram} counts live objects only, which takes a full collection first. */
    static Heap of(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").redirectErrorStream(true).start();
        Map<String, Long> classes = new HashMap<>();
        long total = -1;
        for (String line : process.inputReader().lines().toList()) {
            Matcher one = LINE.matcher(line);
            Matcher all = TOTAL.matcher(line);
            if (one.matches()) {
                classes.merge(one.group(2), Long.parseLong(one.group(1)), Long::sum);
            } else if (all.matches()) {
                total = Long.parseLong(all.group(1));
            }
        }
        if (process.waitFor() != 0 || total < 0) {
            throw new BenchException(BenchException.ENVIRONMENT, "jcmd could not count the gateway's heap: pid=" + pid);
        }
        return new Heap(total, classes);
    }

    /** The classes that grew most since an earlier count, with their bytes per connection. */
    List<String> growthSince(Heap before, int connections, int limit) {
        Map<String, Long> growth = new HashMap<>();
        bytesByClass.forEach((name, bytes) -> growth.put(name, bytes - before.bytesByClass.getOrDefault(name, 0L)));
        return growth.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(limit)
                .map(entry -> "  %,8.1f bytes a connection  %s".formatted((double) entry.getValue() / connections, entry.getKey()))
                .toList();
    }
}
