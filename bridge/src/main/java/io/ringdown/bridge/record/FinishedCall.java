package io.ringdown.bridge.record;

import io.ringdown.bridge.carrier.twilio.StreamStart;
import io.ringdown.bridge.model.openai.ModelFacts;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallSummary;

/**
 * A call that is over, as those who carried it know it. Immutable.
 *
 * @param address by which the hangup worker knows it too
 * @param start what its stream said of itself
 */
public record FinishedCall(CallAddress address, CallSummary summary, StreamStart start, ModelFacts model) {}
