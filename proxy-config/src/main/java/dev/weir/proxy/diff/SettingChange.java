package dev.weir.proxy.diff;

/**
 * A setting that differs between two tunings.
 *
 * @param hop where
 * @param setting its name
 * @param left value on the left, and {@code leftWhere} who gave it
 * @param leftWhere {@code default}, {@code tuned.yaml:14}, {@code --set} or {@code derived}
 * @param right value on the right, and {@code rightWhere} who gave it
 * @param rightWhere as {@code leftWhere}
 */
public record SettingChange(
        String hop, String setting, String left, String leftWhere, String right, String rightWhere) {}
