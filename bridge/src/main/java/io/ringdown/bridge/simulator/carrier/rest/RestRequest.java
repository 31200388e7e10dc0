package io.ringdown.bridge.simulator.carrier.rest;

/**
 * A request as it came in, at a {@link System#nanoTime()}; {@code status} is what it was, or is about to be, answered with,
 * 0 when it was not or is still being judged. {@code callSid} is empty when the path named none.
 */
public record RestRequest(long atNs, String callSid, int status) {}
