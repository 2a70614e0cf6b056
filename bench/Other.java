import java.net.InetAddress;
import java.net.Inet4Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Any other push server that runs on this machine already: where its WebSockets are, how a client there becomes a subscriber,
 * and which HTTP request publishes.
 */
record Other(Server server) {
    static final String USAGE =
            """
              --other URL              ws:// address of another server that runs here already, to be measured beside the two
              --other-name NAME        as the result shows it (other)
              --other-pid PID[,PID...] its processes, all of them that do work
              --other-hello TEXT       text frame that a client sends after the upgrade; repeat for more
              --other-ready TEXT       a client is subscribed when a message holds this (at the upgrade)
              --other-publish REQUEST  'POST URL', 'POST URL BODY' or 'POST URL HEADER BODY'; HEADER is NAME:VALUE without
                                       spaces, %m in BODY stands for the message, 100 characters that JSON need not escape (%m)
              --other-header TEXT      one more 'NAME: VALUE' of that request; repeat for more
            """;

    /** The flags as they come; {@link #build} looks at them all at once. */
    static final class Builder {
        private String url = "";
        private String name = "other";
        private String pids = "";
        private String publish = "";
        private Optional<String> ready = Optional.empty();
        private final List<String> hellos = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();
        private boolean given;

        /** @return whether the flag is one of these */
        boolean take(String flag, String value) {
            switch (flag) {
                case "--other" -> url = value;
                case "--other-name" -> name = value;
                case "--other-pid" -> pids = value;
                case "--other-hello" -> hellos.add(value);
                case "--other-ready" -> ready = Optional.of(value);
                case "--other-publish" -> publish = value;
                case "--other-header" -> headers.add(value);
                default -> {
                    return false;
                }
            }
            given = true;
            return true;
        }

        /** @throws BenchException with all that is wrong, when something is */
        Optional<Other> build() {
            if (!given) {
                return Optional.empty();
            }
            List<Long> processes = processes();
            List<String> flags = new ArrayList<>(subscribing());
            flags.addAll(publishing());
            if (!errors.isEmpty()) {
                throw new BenchException(BenchException.USAGE, String.join("\nbench: ", errors));
            }
            return Optional.of(new Other(new Server(new Server.Identity(name, Server.Kind.OTHER, ""), processes, flags, () -> {})));
        }

        private List<Long> processes() {
            List<Long> found = new ArrayList<>();
            for (String pid : pids.split(",")) {
                if (!pid.matches("[0-9]{1,9}") || !Files.exists(Path.of("/proc", pid))) {
                    errors.add("--other-pid must be processes that run here, as PID[,PID...]: other-pid=" + pids
                            + "; their CPU and memory are what is measured");
                    return List.of();
                }
                found.add(Long.valueOf(pid));
            }
            return found;
        }

        private List<String> subscribing() {
            Optional<URI> address = address("--other", "ws", url);
            if (address.isEmpty()) {
                return List.of();
            }
            List<String> flags = new ArrayList<>(List.of(
                    "--host", ip("--other", address.get()), "--ports", Integer.toString(port(address.get())), "--path", path(address.get())));
            hellos.forEach(hello -> flags.addAll(List.of("--hello", hello)));
            ready.ifPresent(text -> flags.addAll(List.of("--ready", text)));
            return flags;
        }

        private List<String> publishing() {
            String[] words = publish.split(" ", 3);
            if (!words[0].equals("POST") || words.length < 2) {
                errors.add("--other-publish must be 'POST URL', 'POST URL BODY' or 'POST URL HEADER BODY': other-publish=" + publish);
                return List.of();
            }
            Optional<URI> address = address("--other-publish", "http", words[1]);
            String body = words.length == 3 ? words[2] : "%m";
            List<String> all = new ArrayList<>(headers);
            if (body.matches("[A-Za-z0-9-]+:\\S+ .*")) {
                all.add(body.substring(0, body.indexOf(' ')).replaceFirst(":", ": "));
                body = body.substring(body.indexOf(' ') + 1);
            }
            if (!body.contains("%m")) {
                errors.add("the body of --other-publish must hold %m, which stands for the message: body=" + body);
            }
            List<String> flags = new ArrayList<>();
            address.ifPresent(uri -> flags.addAll(List.of(
                    "--publish-host", ip("--other-publish", uri), "--publish-port", Integer.toString(port(uri)), "--publish-path", path(uri))));
            all.forEach(header -> flags.addAll(List.of("--header", header)));
            flags.addAll(List.of("--body", body));
            return flags;
        }

        private Optional<URI> address(String flag, String scheme, String text) {
            try {
                URI uri = new URI(text);
                if (scheme.equals(uri.getScheme()) && uri.getHost() != null) {
                    return Optional.of(uri);
                }
            } catch (URISyntaxException e) {
                // Reported below, as one of another scheme is.
            }
            errors.add("%s must be a %s:// address, without TLS, which the probe does not speak: %s=%s"
                    .formatted(flag, scheme, flag.substring(2), text));
            return Optional.empty();
        }

        private String ip(String flag, URI uri) {
            try {
                Stream<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(uri.getHost()));
                Optional<InetAddress> ip = addresses.filter(Inet4Address.class::isInstance).findFirst();
                if (ip.isPresent()) {
                    return ip.get().getHostAddress();
                }
            } catch (UnknownHostException e) {
                // Reported below, as a host without such an address is.
            }
            errors.add(flag + " must name a host with an IPv4 address: host=" + uri.getHost());
            return "";
        }

        private static int port(URI uri) {
            return uri.getPort() < 0 ? 80 : uri.getPort();
        }

        private static String path(URI uri) {
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        }
    }
}
