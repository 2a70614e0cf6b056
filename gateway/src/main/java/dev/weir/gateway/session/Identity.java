package dev.weir.gateway.session;

/**
 * Who a session acts for.
 *
 * @param user user id; empty for an anonymous one
 */
public record Identity(String user) {
    /** Nobody in particular; one instance for all, so that an anonymous session costs nothing for it. */
    public static final Identity ANONYMOUS = new Identity("");
}
