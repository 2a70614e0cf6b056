package dev.weir.proxy.profile;

import dev.weir.proxy.error.Nearest;
import java.util.Optional;

/** The one check of a key and its value, wherever they were written. */
final class SettingRules {

    private SettingRules() {}

    /**
     * The problem with one value.
     *
     * @param key key as written, for the message
     * @param name name of the setting
     * @param value value as written
     * @param where {@code " (file:line)"} or {@code " (--set)"}
     * @return the problem in house form; empty when there is none
     */
    static Optional<String> problem(String key, String name, String value, String where) {
        var setting = Settings.named(name);
        if (setting.isEmpty()) {
            return Optional.of("setting must be known: key=" + key + where + Nearest.remedy(name, Settings.names()));
        }
        return setting.get().brokenRule(value).map(rule -> key + " " + rule + ": " + name + "=" + value + where);
    }
}
