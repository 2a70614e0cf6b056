package dev.weir.proxy.render;

import dev.weir.proxy.profile.HaproxySettings;
import dev.weir.proxy.profile.Place;
import dev.weir.proxy.profile.Setting;
import dev.weir.proxy.syntax.HaproxyLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads back what a HAProxy configuration says, setting by setting. A proxy's own line goes before that of {@code defaults}; the page of the
 * status is no proxy.
 */
final class HaproxyValues {
    private static final String STATUS = "status";
    private static final String KEEPALIVE = "clitcpka";
    private static final Map<String, String> BALANCE =
            Map.of("roundrobin", "round_robin", "leastconn", "least_conn", "random(2)", "random", "random", "random");

    private final List<HaproxyLine> lines;

    private HaproxyValues(List<HaproxyLine> lines) {
        this.lines = lines;
    }

    static HaproxyValues of(String text) {
        return new HaproxyValues(HaproxyLine.parse(text).stream()
                .filter(line -> !line.name().equals(STATUS))
                .toList());
    }

    /** Addresses of the next hop, each once. */
    List<String> servers() {
        return lines("server")
                .filter(line -> line.words().size() > 2)
                .map(line -> line.words().get(2))
                .distinct()
                .toList();
    }

    /** The value of every setting; HAProxy's own default where the text has none. */
    Map<String, String> effective() {
        var found = new LinkedHashMap<String, String>();
        for (var setting : HaproxySettings.all()) {
            found.put(setting.name(), value(setting).orElse(setting.derivable() ? Setting.NONE : absent(setting)));
        }
        return found;
    }

    /** What holds when the line is gone; of time-outs that is none at all. */
    private static String absent(Setting setting) {
        return setting.name().startsWith("timeout_") ? Setting.NONE : setting.fallback();
    }

    private Optional<String> value(Setting setting) {
        if (!(setting.place() instanceof Place.Haproxy place)) {
            return Optional.empty();
        }
        var words = List.of(place.words().split(" ", -1));
        return switch (words.getFirst()) {
            case "bind" -> parameter("bind", words.getLast());
            case "server" -> words.getLast().equals("source") ? sources() : parameter("server", words.getLast());
            case "option" -> words.getLast().equals(KEEPALIVE) ? keepalive() : option(words.getLast());
            case "balance" -> keyword(words).map(name -> BALANCE.getOrDefault(name, name));
            default -> keyword(words);
        };
    }

    private Stream<HaproxyLine> lines(String keyword) {
        return lines.stream().filter(line -> line.words().getFirst().equals(keyword));
    }

    /** The word after a keyword: of the last section that has it, as a proxy's own comes after {@code defaults}. */
    private Optional<String> keyword(List<String> words) {
        return lines.stream()
                .filter(line -> line.words().size() > words.size()
                        && line.words().subList(0, words.size()).equals(words))
                .reduce((first, last) -> last)
                .map(line -> line.words().get(words.size()));
    }

    private Optional<String> parameter(String keyword, String name) {
        return lines(keyword).flatMap(line -> after(line, name).stream()).findFirst();
    }

    private static Optional<String> after(HaproxyLine line, String name) {
        var at = line.words().indexOf(name);
        return at < 0 || at + 1 >= line.words().size()
                ? Optional.empty()
                : Optional.of(line.words().get(at + 1));
    }

    private Optional<String> sources() {
        var sources = lines("server")
                .flatMap(line -> after(line, "source").stream())
                .distinct()
                .toList();
        return sources.isEmpty() ? Optional.empty() : Optional.of(String.join(",", sources));
    }

    private Optional<String> option(String name) {
        return lines("option").anyMatch(line -> line.words().contains(name)) ? Optional.of("on") : Optional.empty();
    }

    private Optional<String> keepalive() {
        var idle = keyword(List.of("clitcpka-idle"));
        var between = keyword(List.of("clitcpka-intvl"));
        var count = keyword(List.of("clitcpka-cnt"));
        if (idle.isPresent() && between.isPresent() && count.isPresent()) {
            return Optional.of(idle.get() + ":" + between.get() + ":" + count.get());
        }
        return option(KEEPALIVE);
    }
}
