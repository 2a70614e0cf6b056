package dev.weir.proxy.nginx;

import dev.weir.proxy.render.RenderedConfig;
import dev.weir.proxy.syntax.Directive;
import dev.weir.proxy.syntax.NginxParser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads nginx's messages about a rendered configuration.
 *
 * <p>nginx names the line where it noticed, which for values that contradict each other is the end of the block. When the message
 * quotes a directive of the configuration, that directive's own line is named instead.
 */
final class ComplaintParser {

    /** What nginx prints itself, or, with {@code -e stderr}, as a line of its error log. */
    private static final Pattern LINE =
            Pattern.compile("(?:nginx:|\\S+ \\d\\d:\\d\\d:\\d\\d) \\[(\\w+)] (?:\\d+#\\d+: )?(.*)");

    private static final Pattern PLACE = Pattern.compile("(.*?) in \\S.*:(\\d+)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern SLOTS = Pattern.compile("\\d+ worker_connections exceed open file resource limit.*");

    private final RenderedConfig config;
    private final List<Directive> directives;

    /** A parser for what nginx says about one configuration. */
    ComplaintParser(RenderedConfig config) {
        this.config = config;
        this.directives = NginxParser.parse(config.text()).stream()
                .flatMap(ComplaintParser::flatten)
                .toList();
    }

    private static Stream<Directive> flatten(Directive directive) {
        return Stream.concat(Stream.of(directive), directive.children().stream().flatMap(ComplaintParser::flatten));
    }

    List<NginxComplaint> parse(String output) {
        return output.lines().flatMap(line -> complaint(line).stream()).toList();
    }

    private Optional<NginxComplaint> complaint(String line) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            return Optional.empty();
        }
        var place = PLACE.matcher(match.group(2));
        var placed = place.matches();
        var says = placed ? place.group(1) : match.group(2);
        var number = placed ? Integer.parseInt(place.group(2)) : 0;
        var about = about(says, number);
        var origin = about.map(directive -> config.origin(directive.line())).orElseGet(() -> config.origin(number));
        return Optional.of(new NginxComplaint(
                match.group(1),
                says,
                origin,
                about.map(Directive::name),
                about.map(Directive::value).orElse(""),
                rule(says)));
    }

    private Optional<Directive> about(String says, int number) {
        if (SLOTS.matcher(says).matches()) {
            return named("worker_connections");
        }
        return QUOTED.matcher(says)
                .results()
                .flatMap(quoted -> named(quoted.group(1), number).stream())
                .findFirst()
                .or(() -> directives.stream()
                        .filter(each -> each.line() == number && each.block().isEmpty())
                        .findFirst());
    }

    private Optional<Directive> named(String name) {
        return directives.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The directive of a name, the one on the line that nginx named before any other. */
    private Optional<Directive> named(String name, int number) {
        return directives.stream()
                .filter(each -> each.name().equals(name) && each.line() == number)
                .findFirst()
                .or(() -> named(name));
    }

    private static Optional<String> rule(String says) {
        if (says.startsWith("\"proxy_busy_buffers_size\" must be")) {
            return Optional.of("BusyBuffersOutOfRange");
        }
        return SLOTS.matcher(says).matches() ? Optional.of("DescriptorLimitBelowSlots") : Optional.empty();
    }
}
