import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param home folder of the built project
 * @param connections subscribers in every run
 * @param runs runs of each server, interleaved
 * @param messages messages that count in one fan-out run
 * @param only figures to measure
 * @param explain print which classes the gateway's heap grew by
 * @param jvm more flags for the gateway's JVM, after those that ship
 * @param gateway more flags for the gateway
 */
record Options(
        boolean help,
        Path home,
        int connections,
        int runs,
        int messages,
        Set<String> only,
        boolean explain,
        List<String> jvm,
        List<String> gateway) {
    static final String USAGE =
            """
            usage: java bench/Bench.java [option...] [-- gateway flag...]
              --connections N   subscribers in every run (15000)
              --runs N          runs of each server, interleaved, after warm-up (5)
              --messages N      messages that count in one fan-out run (40)
              --only LIST       of memory, connect, fanout (all)
              --explain         print which classes the gateway's heap grew by
              --home DIR        folder of the built project (the one above this file)
              --jvm FLAG        one more flag for the gateway's JVM; repeat for more
              -- FLAG...        more flags for the gateway
            Exit: 0 every bar is met, 1 some are not, 2 usage, 4 this host or the build is not ready.
            """;

    private static final Set<String> FIGURES = Set.of("memory", "connect", "fanout");

    boolean wants(String figure) {
        return only.contains(figure);
    }

    /** @throws BenchException when an option is unknown or out of range */
    static Options parse(String[] arguments) {
        Path home = Path.of(System.getProperty("jdk.launcher.sourcefile", "bench/Bench.java")).toAbsolutePath().getParent().getParent();
        int connections = 15_000;
        int runs = 5;
        int messages = 40;
        Set<String> only = FIGURES;
        boolean help = false;
        boolean explain = false;
        List<String> jvm = new ArrayList<>();
        List<String> gateway = List.of();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help", "-h" -> help = true;
                case "--explain" -> explain = true;
                case "--connections" -> connections = number(arguments, ++i, 1, 19_000);
                case "--runs" -> runs = number(arguments, ++i, 1, 100);
                case "--messages" -> messages = number(arguments, ++i, 1, 100_000);
                case "--only" -> only = figures(value(arguments, ++i));
                case "--home" -> home = Path.of(value(arguments, ++i)).toAbsolutePath();
                case "--jvm" -> jvm.add(value(arguments, ++i));
                case "--" -> {
                    gateway = List.copyOf(Arrays.asList(arguments).subList(i + 1, arguments.length));
                    i = arguments.length;
                }
                default -> throw new BenchException(BenchException.USAGE, "unknown option: " + arguments[i] + "\n" + USAGE);
            }
        }
        if (!help && !Files.isDirectory(home.resolve("bench"))) {
            throw new BenchException(BenchException.USAGE, "home must be the project's folder: home=" + home);
        }
        return new Options(help, home, connections, runs, messages, only, explain, List.copyOf(jvm), gateway);
    }

    private static Set<String> figures(String text) {
        Set<String> wanted = Set.of(text.split(","));
        if (!FIGURES.containsAll(wanted)) {
            throw new BenchException(BenchException.USAGE, "--only must name memory, connect or fanout: only=" + text);
        }
        return wanted;
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new BenchException(BenchException.USAGE, arguments[at - 1] + " must have a value");
        }
        return arguments[at];
    }

    private static int number(String[] arguments, int at, int min, int max) {
        String text = value(arguments, at);
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, as a number out of range is.
        }
        throw new BenchException(
                BenchException.USAGE, arguments[at - 1] + " must be " + min + " to " + max + ": value=" + text);
    }
}
