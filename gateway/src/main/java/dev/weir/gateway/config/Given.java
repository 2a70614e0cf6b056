package dev.weir.gateway.config;

/**
 * The text given for one setting, and where it was given.
 *
 * @param text the value as it was written
 * @param where {@code weir.yaml:14}, {@code WEIR_PORT}, {@code --port} or {@code default}
 */
record Given(String text, String where) {
    static final String DEFAULT = "default";
}
