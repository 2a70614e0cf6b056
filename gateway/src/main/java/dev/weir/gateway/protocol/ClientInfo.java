package dev.weir.gateway.protocol;

/**
 * Who a connection belongs to, as others see it.
 *
 * @param user user id; empty for an anonymous one
 * @param client id of the connection
 */
public record ClientInfo(String user, String client) {}
