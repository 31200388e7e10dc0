package io.ringdown.bridge.operations.api;

/**
 * Who asks.
 *
 * @param by {@code token} when the token was shown, {@code loopback} when none is needed, {@code nobody} when it was not
 * @param from the other end of the connection
 */
public record Operator(String by, String from) {}
