package dev.weir.proxy.profile;

import dev.weir.proxy.error.Nearest;
import java.util.List;
import java.util.Optional;

/** The one check of a key and its value, wherever they were written. */
final class SettingRules {

    private SettingRules() {}

    /**
     * The problem with one value.
     *
     * @param kind the program that it is for
     * @param key key as written, for the message
     * @param name name of the setting
     * @param value value as written
     * @param where {@code " (file:line)"} or {@code " (--set)"}
     * @return the problem in house form; empty when there is none
     */
    static Optional<String> problem(ProxyKind kind, String key, String name, String value, String where) {
        var setting = kind == ProxyKind.HAPROXY ? HaproxySettings.meantBy(name) : Settings.named(name);
        if (setting.isEmpty()) {
            return Optional.of(unknown(kind, key, name, where));
        }
        return setting.get().brokenRule(value).map(rule -> key + " " + rule + ": " + name + "=" + value + where);
    }

    private static String unknown(ProxyKind kind, String key, String name, String where) {
        if (kind == ProxyKind.NGINX) {
            return "setting must be known: key=" + key + where + Nearest.remedy(name, Settings.names());
        }
        var of = Settings.named(name).isPresent() ? "of HAProxy, and only nginx has this one" : "known to HAProxy";
        return "setting must be " + of + ": key=" + key + where + "; there are "
                + String.join(", ", List.copyOf(HaproxySettings.names()));
    }
}
