package dev.weir.loadgen.units;

/** Something typed that cannot be meant; the message is for the person who typed it. */
public final class UnitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param key what was set, e.g. {@code --rate}
     * @param rule what it must do, e.g. {@code be a rate such as 5k/s}
     * @param value what was typed
     */
    public UnitException(String key, String rule, String value) {
        super(key + " must " + rule + ": " + name(key) + "=" + value);
    }

    private static String name(String key) {
        return key.replaceAll("^-+", "");
    }
}
