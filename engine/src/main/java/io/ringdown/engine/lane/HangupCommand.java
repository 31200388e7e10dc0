package io.ringdown.engine.lane;

import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;

/**
 * The order to end a phone call, given at most once in effect: whoever takes it must win {@link HangupLatch#execute()}
 * first, and tell the call what came of it. Immutable; any thread.
 *
 * @param callSid the carrier's name of the call
 * @param reason why
 * @param latch the call's latch, claimed
 * @param call where the outcome is to be told
 */
public record HangupCommand(String callSid, HangupReason reason, HangupLatch latch, CallAddress call) {}
