package io.ringdown.engine.lane;

import io.ringdown.engine.call.Phase;
import io.ringdown.engine.call.Turn;

/**
 * What may be seen of a live call. Immutable; any thread.
 *
 * @param callSid the carrier's name of it, null until its stream has started
 * @param agent the name of whoever answers
 * @param openedNs when its carrier connected, in ns of the lane's clock
 */
public record CallSnapshot(String callSid, String agent, Phase phase, Turn turn, long openedNs) {}
