package dev.weir.proxy.profile;

/**
 * The value that holds for a setting, and who gave it.
 *
 * @param text the value, legal for its setting
 * @param rank 0 for nginx's default, 1 and up for profiles from the base on, the highest for overrides
 * @param where {@code default}, {@code tuned.yaml:14}, {@code --set} or {@code derived}
 */
public record Value(String text, int rank, String where) {

    static final String DERIVED_WHERE = "derived";

    static Value derived(String text) {
        return new Value(text, 0, DERIVED_WHERE);
    }

    /** Whether nobody gave the value: it followed from others or from what must be carried. */
    public boolean hasFollowed() {
        return where.equals(DERIVED_WHERE);
    }

    boolean isDerived() {
        return text.equals(Setting.DERIVED);
    }
}
