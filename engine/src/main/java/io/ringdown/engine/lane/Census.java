package io.ringdown.engine.lane;

import java.util.List;

/**
 * The calls of a lane at one moment. Immutable; any thread.
 *
 * @param number of the latest request it answers, 0 if none was made
 * @param takenNs when it was taken, in ns of the lane's clock
 */
public record Census(long number, long takenNs, List<CallSnapshot> calls) {}
