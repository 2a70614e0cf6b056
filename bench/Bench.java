import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the gateway beside a server that does nothing but push, and any other that is named, and holds the figures against
 * their bars.
 *
 * <p>Run as {@code java bench/Bench.java}; {@code --help} lists the options, {@code bench/README.md} says what the figures mean.
 * Exit codes: 0 every bar is met, 1 some are not, 2 usage, 4 this host or the build is not ready, 70 internal error.
 */
final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                System.out.print(Options.USAGE);
                return 0;
            }
            return measure(options);
        } catch (BenchException e) {
            System.err.println("bench: " + e.getMessage());
            return e.exitCode();
        } catch (InterruptedException e) {
            return 130;
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            return 70;
        }
    }

    private static int measure(Options options) throws IOException, InterruptedException {
        Path binaries = Compiler.compile(options.home());
        Setup setup = new Setup(options, binaries);
        System.out.println(Machine.describe());
        Machine.otherLoad().ifPresent(System.out::println);
        List<Figure> figures = new ArrayList<>();
        if (options.wants("memory")) {
            figures.addAll(Memory.measure(setup));
        }
        if (options.wants("connect") || options.wants("fanout") || options.wants("last") || options.wants("latency")) {
            try (Lineup lineup = setup.startLineup()) {
                figures.addAll(measure(lineup));
            }
        }
        if (options.wants("idle")) {
            figures.add(Idle.measure(setup));
        }
        System.out.print(Report.table(figures, options));
        return figures.stream().allMatch(Figure::isMet) ? 0 : 1;
    }

    static List<Figure> measure(Lineup lineup) throws IOException, InterruptedException {
        Options options = lineup.setup().options();
        List<Figure> figures = new ArrayList<>();
        if (options.wants("connect")) {
            figures.add(Connect.measure(lineup));
        }
        if (options.wants("fanout") || options.wants("last") || options.wants("latency")) {
            figures.addAll(Fanout.measure(lineup));
        }
        return figures;
    }
}
