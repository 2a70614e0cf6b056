package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what the user did not say of a hop that Weir did not start: the error log of an nginx, the ports of every hop.
 *
 * <p>Read-only: looks at links under {@code /proc/PID/fd} and asks {@code ss}. <b>Bounds:</b> {@link #DESCRIPTORS_MAX} links of the master.
 */
public final class ForeignHop {
    private static final int DESCRIPTORS_MAX = 1_024;

    private ForeignHop() {}

    /**
     * Fills in what can be found.
     *
     * @param hops the chain from the agents' side, as given
     * @return the same hops; what cannot be found stays empty and becomes a missing probe
     */
    public static List<HopTarget> complete(List<HopTarget> hops) {
        List<HopTarget> known = new ArrayList<>();
        for (HopTarget hop : hops) {
            boolean ask = hop.kind() == HopKind.NGINX && hop.errorLog().isEmpty();
            known.add(ask ? errorLog(hop.pid()).map(hop::withErrorLog).orElse(hop) : hop);
        }
        return HopPorts.complete(known);
    }

    /** The file that the master holds open and that is named as error logs are; nginx opens its logs before anything else. */
    static Optional<Path> errorLog(long pid) {
        Path root = Path.of("/proc/" + pid + "/root");
        List<Path> named = new ArrayList<>();
        int seen = 0;
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path link : links) {
                if (++seen > DESCRIPTORS_MAX) {
                    break;
                }
                target(link)
                        .filter(file -> String.valueOf(file.getFileName()).contains("error"))
                        .ifPresent(named::add);
            }
        } catch (IOException goneOrForbidden) {
            return Optional.empty();
        }
        return named.stream()
                .map(file -> Files.isReadable(file)
                        ? file
                        : root.resolve(file.toString().substring(1)))
                .filter(Files::isReadable)
                .findFirst();
    }

    private static Optional<Path> target(Path link) {
        try {
            Path file = Files.readSymbolicLink(link);
            return file.isAbsolute() ? Optional.of(file) : Optional.empty();
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }
}
