package io.ringdown.engine.simulation;

import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.HangupCommand;

/** At most one hangup, for a reason that happened, and only when the goodbye was heard, or else said so. */
final class HangupJudge {
    private final Facts facts;
    private final PendingGoodbye goodbye;
    private final Playback playback;
    private final boolean untilHeard;

    private HangupCommand offered;
    private boolean executed;
    private boolean carrierLeftFirst;
    private boolean farewellAsked;
    private boolean unheard;
    private boolean causeForTimeout;
    private boolean incomplete;
    private boolean drainSaid;

    HangupJudge(Facts facts, PendingGoodbye goodbye, Playback playback) {
        this.facts = facts;
        this.goodbye = goodbye;
        this.playback = playback;
        untilHeard = facts.call.script.settings().drain() == DrainPolicy.PLAYBACK;
    }

    void carrierGone() {
        carrierLeftFirst |= offered == null;
    }

    void farewellAsked() {
        farewellAsked = true;
    }

    void callerSpeaks() {
        farewellAsked = false;
    }

    void offered(HangupCommand command) {
        HangupReason reason = command.reason();
        if (offered != null) {
            facts.check(offered.reason() == reason, "at most one hangup", "a second one: " + reason);
            return;
        }
        facts.check(!carrierLeftFirst || facts.wasLate(), "at most one hangup", "the carrier had left");
        offered = command;
        facts.hungUp();
        boolean lawful = facts.reasons.isLawful(reason, facts.call, facts.hasCarrierMisbehaved());
        facts.check(facts.isStarted(), "reason", "nobody had called");
        facts.check(lawful, "reason", "nothing happened that could be " + reason);
        goodbye.checkBound();
        judgePoliteness(reason);
    }

    private void judgePoliteness(HangupReason reason) {
        boolean saidByUs = playback.isRecordingUnheard() || goodbye.lawful().isEmpty() && farewellAsked;
        if (reason == HangupReason.BOT_GOODBYE_BYE_ONLY || reason == HangupReason.END_CALL_TOOL && !saidByUs) {
            facts.check(!goodbye.lawful().isEmpty(), "none after a disarm", goodbye.disarmedBy());
            judgeGoodbye();
        } else {
            unheard = playback.isRecordingPlaying() && reason.yieldsToCaller();
            causeForTimeout = true;
        }
    }

    private void judgeGoodbye() {
        unheard = true;
        incomplete = true;
        causeForTimeout = facts.hasCarrierMisbehaved() || facts.wasLate() || facts.isPolicy();
        for (Utterance utterance : goodbye.lawful()) {
            unheard &= !utterance.heardInTurn && !utterance.isHeard(facts.nowNs());
            boolean complete = utterance.status == ResponseStatus.COMPLETED || facts.isModelLost();
            incomplete &= !complete;
            causeForTimeout |= !complete;
        }
    }

    /** The engine says in its log how the end was known. */
    void saidDrain(String drain) {
        boolean timeout = "timeout".equals(drain);
        facts.check(causeForTimeout || !timeout, "no timeout without cause", "all was there");
        facts.check(!incomplete || timeout || facts.isPolicy(), "completed", "hung up before response.done");
        drainSaid |= timeout;
    }

    void executed() {
        facts.check(!executed, "at most one hangup", "executed twice");
        executed = true;
    }

    void afterTurn() {
        facts.check(!unheard || drainSaid || !untilHeard, "heard", "hung up before it was heard");
    }

    void released(CallSummary summary) {
        HangupReason reason = summary.reason();
        boolean ended = reason != null && reason.endsPhoneCall();
        if (facts.isStarted() && !ended && reason != HangupReason.STREAM_REPLACED) {
            facts.check(facts.isCarrierGone(), "exactly one hangup", "the call ended without one");
            goodbye.checkBound();
        }
        boolean offeredIfClaimed = !ended || !facts.isStarted() || offered != null;
        facts.check(offeredIfClaimed, "exactly one hangup", "claimed and never offered");
    }
}
