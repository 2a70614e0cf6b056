package dev.weir.proxy.profile;

/**
 * What a user asked for: a profile, and values that go before its own.
 *
 * @param profile name of a profile
 * @param overrides values given on the command line
 */
public record Tuning(String profile, Overrides overrides) {

    /** A profile as it stands. */
    public static Tuning of(String profile) {
        return new Tuning(profile, Overrides.none());
    }
}
