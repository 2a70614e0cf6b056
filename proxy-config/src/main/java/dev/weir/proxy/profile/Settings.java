package dev.weir.proxy.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The catalogue of settings: every tunable of an nginx hop, in the order of the rendered file.
 *
 * <p>Defaults are nginx's own, except that the error log is at {@code info}: at nginx's default, {@code error}, the lines that
 * tell an idle timeout from a stalled reader are not written.
 */
public final class Settings {

    private static final Map<String, Setting> ALL = catalogue();

    private Settings() {}

    /** All settings, in the order of the rendered file. */
    public static List<Setting> all() {
        return List.copyOf(ALL.values());
    }

    /** The names of all settings, in the order of the rendered file. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /** The setting of a name; empty when there is none. */
    public static Optional<Setting> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map<String, Setting> catalogue() {
        var byName = new LinkedHashMap<String, Setting>();
        Stream.of(
                        ProcessSettings.all(),
                        ListenSettings.all(),
                        ClientSettings.all(),
                        BufferSettings.all(),
                        UpstreamSettings.all())
                .flatMap(List::stream)
                .forEach(setting -> byName.put(setting.name(), setting));
        return Collections.unmodifiableMap(byName);
    }
}
