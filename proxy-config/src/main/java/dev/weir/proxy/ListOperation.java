package dev.weir.proxy;

import dev.weir.proxy.profile.HaproxySettings;
import dev.weir.proxy.profile.Profile;
import dev.weir.proxy.profile.Setting;
import java.util.ArrayList;
import java.util.List;

/** Lists what can be tuned and which tunings there are, as {@code weir proxy list} prints it. */
public final class ListOperation {

    private static final int WIDTH = 100;

    private ListOperation() {}

    /**
     * All settings and all profiles as aligned text.
     *
     * @param proxies the proxy layer
     */
    public static String text(ProxyConfig proxies) {
        return settings("NGINX", proxies.settings())
                + "\nWith --set edge.kind=haproxy the edge is a HAProxy, which has these; a profile's value for nginx holds where it means the"
                + " same.\n" + settings("HAPROXY", HaproxySettings.all()) + "\n" + profiles(proxies.profiles())
                + "\nSet one with --set edge.<setting>=<value>, or in profiles/*.yaml, or write a value into templates/*.peb.\n"
                + "none: left out of the file. derived: follows from other settings or from the wanted load.\n";
    }

    private static String settings(String program, List<Setting> settings) {
        var table = new Table().row("SETTING", "TYPE", "DEFAULT", "RANGE", program, "WHAT IT DOES");
        for (var setting : settings) {
            table.row(
                    setting.name(),
                    setting.type().label(),
                    setting.fallback(),
                    setting.type().range(),
                    setting.place().manual(),
                    setting.does());
        }
        var sources = settings.stream().map(Setting::source).distinct().toList();
        return table.text() + "Sources:\n  " + String.join("\n  ", sources) + "\n";
    }

    private static String profiles(List<Profile> profiles) {
        var table = new Table().row("PROFILE", "BASE", "WHAT IT IS");
        for (var profile : profiles) {
            var lines = wrap(profile.description());
            table.row(profile.name(), profile.base().orElse("-"), lines.getFirst());
            lines.stream().skip(1).forEach(line -> table.row("", "", line));
            wrap("Source: " + profile.source()).forEach(line -> table.row("", "", line));
        }
        return table.text();
    }

    /** Lines of at most {@code WIDTH} characters, broken between words. */
    private static List<String> wrap(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
