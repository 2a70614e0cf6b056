package dev.weir.proxy;

import dev.weir.proxy.diff.SettingChange;
import dev.weir.proxy.diff.SettingDiff;
import dev.weir.proxy.diff.UnifiedDiff;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.RenderedConfig;
import java.util.ArrayList;
import java.util.List;

/** Compares two tunings of the same chain, as {@code weir proxy diff} does. */
public final class DiffOperation {

    private DiffOperation() {}

    /**
     * The differences.
     *
     * @param changes settings whose value differs
     * @param unified the rendered files as a unified diff; empty when they are equal
     */
    public record Report(List<SettingChange> changes, String unified) {

        /** Whether both tunings render the same. */
        public boolean same() {
            return changes.isEmpty() && unified.isEmpty();
        }

        /** The differences as text, settings first. */
        public String text() {
            if (same()) {
                return "no difference\n";
            }
            var table = new Table().row("HOP", "SETTING", "LEFT", "FROM", "RIGHT", "FROM");
            changes.forEach(change -> table.row(
                    change.hop(),
                    change.setting(),
                    change.left(),
                    change.leftWhere(),
                    change.right(),
                    change.rightWhere()));
            return table.text() + "\n" + unified;
        }
    }

    /**
     * Compares two tunings.
     *
     * @param proxies the proxy layer
     * @param left what to render on the left
     * @param right tuning for the right; load, machine and folder are those of the left
     * @throws ProxyConfigException when one of them cannot be rendered
     */
    public static Report run(ProxyConfig proxies, ChainRequest left, Tuning right) {
        var before = RenderOperation.render(proxies, left);
        var after = RenderOperation.render(proxies, left.with(right));
        var changes = new ArrayList<SettingChange>();
        var unified = new StringBuilder();
        for (var at = 0; at < before.size(); at++) {
            changes.addAll(
                    SettingDiff.between(before.get(at).resolved(), after.get(at).resolved()));
            unified.append(UnifiedDiff.between(
                    name(before.get(at)),
                    before.get(at).text(),
                    name(after.get(at)),
                    after.get(at).text()));
        }
        return new Report(List.copyOf(changes), unified.toString());
    }

    private static String name(RenderedConfig config) {
        return config.request().hop().label() + " " + config.request().tuning().profile();
    }
}
