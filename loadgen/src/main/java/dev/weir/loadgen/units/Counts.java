package dev.weir.loadgen.units;
/** TEMP. */
public final class Counts {
    private Counts() {}
    /** TEMP. */
    public static int parse(String key, String text) {
        return text.endsWith("k")
                ? 1000 * Integer.parseInt(text.substring(0, text.length() - 1))
                : Integer.parseInt(text);
    }
}
