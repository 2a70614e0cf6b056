import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was asked for.
 *
 * @param home folder of the built project
 * @param connections subscribers in every run
 * @param runs runs of each server, interleaved
 * @param messages messages that count in one fan-out run
 * @param heartbeatSeconds time between the gateway's pings to a connection
 * @param only figures to measure
 * @param explain print which classes the gateway's heap grew by
 * @param other one more server
 * @param jvm more flags for the gateway's JVM, after those that ship
 * @param gateway more flags for the gateway
 */
record Options(
        boolean help,
        Path home,
        int connections,
        int runs,
        int messages,
        int heartbeatSeconds,
        Set<String> only,
        boolean explain,
        Optional<Other> other,
        List<String> jvm,
        List<String> gateway) {
    static final String USAGE =
            """
            usage: java bench/Bench.java [option...] [-- gateway flag...]
              --connections N   subscribers in every run (15k); more than one process may open files: with --only idle
              --runs N          runs of each server, interleaved, after warm-up; windows of the idle figure (5)
              --messages N      messages that count in one fan-out run (40)
              --heartbeat S     seconds between the gateway's pings to a connection (25)
              --only LIST       of memory, connect, fanout, last, latency, idle (all)
              --explain         print which classes the gateway's heap grew by
              --home DIR        folder of the built project (the one above this file)
              --jvm FLAG        one more flag for the gateway's JVM; repeat for more
              -- FLAG...        more flags for the gateway, e.g. -- --transport io_uring
            Another server:
            """
                    + Other.USAGE
                    + """
            Exit: 0 every bar is met, 1 some are not, 2 usage, 4 this host or the build is not ready.
            """;

    private static final Set<String> FIGURES =
            new LinkedHashSet<>(List.of("memory", "connect", "fanout", "last", "latency", "idle"));

    private static final int CONNECTIONS_MAX = 4_000_000;

    boolean wants(String figure) {
        return only.contains(figure);
    }

    /** The value of a flag among those for the gateway. */
    Optional<String> gatewayFlag(String name) {
        for (int i = 0; i < gateway.size(); i++) {
            String flag = gateway.get(i);
            if (flag.startsWith(name + "=")) {
                return Optional.of(flag.substring(name.length() + 1));
            }
            if (flag.equals(name) && i + 1 < gateway.size()) {
                return Optional.of(gateway.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** @throws BenchException when an option is unknown or out of range */
    static Options parse(String[] arguments) {
        Path home = Path.of(System.getProperty("jdk.launcher.sourcefile", "bench/Bench.java")).toAbsolutePath().getParent().getParent();
        int connections = 15_000;
        int runs = 5;
        int messages = 40;
        int heartbeat = 25;
        Set<String> only = FIGURES;
        boolean help = false;
        boolean explain = false;
        Other.Builder other = new Other.Builder();
        List<String> jvm = new ArrayList<>();
        List<String> gateway = List.of();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help", "-h" -> help = true;
                case "--explain" -> explain = true;
                case "--connections" -> connections = number(arguments, ++i, 1, CONNECTIONS_MAX);
                case "--runs" -> runs = number(arguments, ++i, 1, 100);
                case "--messages" -> messages = number(arguments, ++i, 1, 100_000);
                case "--heartbeat" -> heartbeat = number(arguments, ++i, 1, 3600);
                case "--only" -> only = figures(value(arguments, ++i));
                case "--home" -> home = Path.of(value(arguments, ++i)).toAbsolutePath();
                case "--jvm" -> jvm.add(value(arguments, ++i));
                case "--" -> {
                    gateway = List.copyOf(Arrays.asList(arguments).subList(i + 1, arguments.length));
                    i = arguments.length;
                }
                default -> {
                    String flag = arguments[i];
                    if (!flag.startsWith("--other") || !other.take(flag, value(arguments, ++i))) {
                        throw new BenchException(BenchException.USAGE, "unknown option: " + flag + "\n" + USAGE);
                    }
                }
            }
        }
        if (help) {
            return new Options(true, home, connections, runs, messages, heartbeat, only, explain, Optional.empty(), jvm, gateway);
        }
        Options options = new Options(
                false, home, connections, runs, messages, heartbeat, only, explain, other.build(), List.copyOf(jvm), gateway);
        options.check();
        return options;
    }

    private void check() {
        if (!Files.isDirectory(home.resolve("bench"))) {
            throw new BenchException(BenchException.USAGE, "home must be the project's folder: home=" + home);
        }
        if (gatewayFlag("--ping-interval").isPresent()) {
            throw new BenchException(BenchException.USAGE, "--ping-interval must be given to the benchmarks, which count on it; use --heartbeat SECONDS");
        }
        int room = Machine.connectionsOfOneTable();
        Set<String> others = new TreeSet<>(only);
        others.remove("idle");
        if (connections > room && !others.isEmpty()) {
            throw new BenchException(BenchException.USAGE, ("--connections must be <= %,d for %s: connections=%,d;"
                            + " the do-nothing server holds what one process may open; lower it, or add --only idle")
                    .formatted(room, String.join(", ", others), connections));
        }
    }

    private static Set<String> figures(String text) {
        Set<String> wanted = new TreeSet<>(List.of(text.split(",")));
        if (!FIGURES.containsAll(wanted)) {
            throw new BenchException(BenchException.USAGE, "--only must be of " + String.join(", ", FIGURES) + ": only=" + text);
        }
        return wanted;
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new BenchException(BenchException.USAGE, arguments[at - 1] + " must have a value");
        }
        return arguments[at];
    }

    /** A whole number, as 15000 or 15k or 1m. */
    private static int number(String[] arguments, int at, int min, int max) {
        String text = value(arguments, at);
        String digits = text.replaceFirst("k$", "000").replaceFirst("m$", "000000");
        if (digits.matches("[0-9]{1,9}") && Integer.parseInt(digits) >= min && Integer.parseInt(digits) <= max) {
            return Integer.parseInt(digits);
        }
        throw new BenchException(BenchException.USAGE, arguments[at - 1] + " must be " + min + " to " + max + ": value=" + text);
    }
}
