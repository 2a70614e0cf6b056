package dev.weir.proxy.check;

/**
 * What a program said against a configuration.
 *
 * @param fatal whether it would not start
 * @param message one line in house form
 */
public record Complaint(boolean fatal, String message) {}
