package io.ringdown.bridge.simulator.carrier;

/**
 * A mark that was due: {@code dueNs} is the moment everything before it had been heard, or the clear that threw it out.
 * Whether and when its echoes went out is the plan's affair and stands in the timeline.
 */
public record MarkEcho(String name, long receivedNs, long dueNs, boolean cleared) {}
