package dev.weir.proxy.diff;

import dev.weir.proxy.profile.Resolved;
import java.util.ArrayList;
import java.util.List;

/** Compares two tunings of one hop, setting by setting. */
public final class SettingDiff {

    private SettingDiff() {}

    /** The settings whose value differs, in the order of the catalogue. */
    public static List<SettingChange> between(Resolved left, Resolved right) {
        var changes = new ArrayList<SettingChange>();
        right.values().forEach((name, after) -> {
            var before = left.values().get(name);
            if (before != null && !before.text().equals(after.text())) {
                changes.add(new SettingChange(
                        right.hop().label(), name, before.text(), before.where(), after.text(), after.where()));
            }
        });
        return List.copyOf(changes);
    }
}
