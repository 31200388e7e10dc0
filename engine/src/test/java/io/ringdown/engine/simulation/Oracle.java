package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.HangupCommand;

/**
 * What must hold for one call, judged from what went in and what came out and from nothing inside. It is told of an event
 * as that is published, and of everything the lane does, as it does it, and asks {@link HangupJudge},
 * {@link PendingGoodbye}, {@link Playback} and {@link CallerLedger}.
 */
final class Oracle {
    private static final long RESPONSE_STALL_NS = 10_000 * World.NS_PER_MS;
    private static final long GOODBYES_OF_PEERS_NS = 5_000 * World.NS_PER_MS;

    private final Facts facts;
    private int announcements;
    private final Reasons reasons;
    private final CallerLedger caller;
    private final Playback playback;
    private final PendingGoodbye goodbye;
    private final HangupJudge hangup;
    private long releasedNs;

    Oracle(SimulatedCall call) {
        facts = new Facts(call);
        reasons = facts.reasons;
        caller = new CallerLedger(call.world);
        playback = new Playback(facts);
        goodbye = new PendingGoodbye(facts, playback);
        hangup = new HangupJudge(facts, goodbye, playback);
    }

    Facts facts() {
        return facts;
    }

    Playback playback() {
        return playback;
    }

    CallerLedger caller() {
        return caller;
    }

    HangupJudge hangup() {
        return hangup;
    }

    // what the lane is told: ends

    void carrierGone() {
        hangup.carrierGone();
        facts.carrierGone();
    }

    void modelFails(EventType how) {
        facts.modelFails(how);
        goodbye.policy("the model was lost", true);
    }

    void ordered(Step.Act act) {
        facts.ordered(act);
        goodbye.policy("somebody else ended it", false);
    }

    void abused() {
        facts.abused();
        goodbye.policy("the peer abused us", false);
    }

    // what the lane is told: the model

    void created(Utterance utterance) {
        utterance.toldNs = facts.nowNs();
        if (!facts.isTalking() || facts.isModelGone() || facts.isOver()) {
            return;
        }
        utterance.announced = true;
        utterance.announcement = ++announcements;
        utterance.announcedNs = facts.nowNs();
        reasons.activity();
        if (utterance.purpose == ResponsePurpose.FAREWELL) {
            goodbye.arm(utterance);
        }
    }

    void audio(Utterance utterance, int item, int bytes) {
        utterance.told(item, facts.nowNs());
        if (utterance.announced) {
            utterance.heardInTurn |= utterance.isHeard(facts.nowNs());
            utterance.receivedBytes += bytes;
            utterance.hasAudio[item] = true;
            goodbye.moved(utterance);
        }
    }

    void audioRefused(Utterance utterance) {
        utterance.cancelled = true;
        goodbye.disarm(utterance, "there was no room for it");
    }

    void audioDone(Utterance utterance, int item) {
        utterance.told(item, facts.nowNs());
        utterance.audioDone[item] = true;
        goodbye.moved(utterance);
    }

    void words(Utterance utterance, int item, String words) {
        utterance.told(item, facts.nowNs());
        utterance.words[item] = words;
        if (utterance.isGoodbye() && utterance.purpose != ResponsePurpose.GREETING) {
            reasons.allow(HangupReason.BOT_GOODBYE_BYE_ONLY);
            goodbye.arm(utterance);
        } else if (!utterance.endsCall && utterance.purpose != ResponsePurpose.FAREWELL) {
            goodbye.disarm(utterance, "it was no goodbye after all");
        }
    }

    void tool(Utterance utterance, String tool) {
        utterance.toldNs = facts.nowNs();
        if ("end_call".equals(tool) && utterance.announced) {
            utterance.endsCall = true;
            reasons.allow(HangupReason.END_CALL_TOOL);
            goodbye.arm(utterance);
        }
    }

    void done(Utterance utterance, ResponseStatus status) {
        utterance.toldNs = facts.nowNs();
        boolean known = utterance.announced && utterance.status == ResponseStatus.IN_PROGRESS;
        if (!known || facts.isModelLost()) {
            return; // a model that is lost ends nothing
        }
        facts.done(utterance, status);
        if (status == ResponseStatus.FAILED_QUOTA) {
            goodbye.policy("the account is empty", true);
        } else {
            goodbye.done(utterance, status);
        }
    }

    // what the lane is told: the caller

    void callerSpeaks() {
        reasons.speaks(true);
        if (!facts.isOver() && !facts.isEndOrdered()) {
            playback.callerSpeaks(goodbye.isPending());
            hangup.callerSpeaks();
            goodbye.callerSpeaks();
        }
    }

    void callerStops() {
        reasons.speaks(false);
    }

    void callerSays(int line) {
        if (line == Lines.CALLER_GOODBYE) {
            reasons.allow(HangupReason.USER_GOODBYE);
        } else if (line == Lines.VOICEMAIL) {
            reasons.voicemail();
        }
    }

    void echoed(int generation, int number) {
        playback.echoed(generation, number);
        goodbye.moved();
    }

    // what the lane does

    void audioSent(Utterance utterance, Frame frame) {
        notOverdue();
        playback.audioSent(utterance, frame);
        if (utterance != null) {
            reasons.activity();
            goodbye.moved();
        }
    }

    void markSent(int generation, int number) {
        playback.markSent(generation, number);
        goodbye.moved();
    }

    void cancelled(Utterance utterance) {
        utterance.cancelled = true;
        reasons.cancelled(utterance);
        if (!utterance.interrupted) {
            goodbye.disarm(utterance, "we cancelled it ourselves");
        }
    }

    void requested(ResponsePurpose purpose) {
        boolean possible = facts.isTalking() && !facts.isReleased();
        facts.check(possible, "no request before the session", "a response was asked for");
        for (Utterance utterance : facts.utterances()) {
            boolean active = utterance.announced
                    && utterance.status == ResponseStatus.IN_PROGRESS
                    && utterance.announcedNs < facts.nowNs()
                    && facts.nowNs() - utterance.toldNs < RESPONSE_STALL_NS;
            facts.check(!active || facts.wasLate(), "one response at a time", "asked for one while " + utterance.id);
        }
        if (purpose == ResponsePurpose.FAREWELL) {
            hangup.farewellAsked();
        }
    }

    void callerForwarded(Frame frame) {
        boolean possible = !facts.isReleased() && !facts.isModelClosed();
        facts.check(possible, "nothing after the end", "caller audio to a closed model");
        caller.forwarded(frame);
    }

    void offered(HangupCommand command) {
        hangup.offered(command);
    }

    void released(CallSummary summary) {
        facts.released();
        releasedNs = facts.nowNs();
        caller.balances(summary.uplink());
        hangup.released(summary);
    }

    // after every turn

    /** @param published whether the call was told anything in it */
    void afterTurn(boolean published) {
        hangup.afterTurn();
        if (!facts.isOver()) {
            boolean obeyed = !facts.isEndOrdered() || !facts.isStarted() || facts.isCarrierClosed();
            facts.check(obeyed, "within its bound", "ordered to end, and goes on");
            goodbye.checkHungUpWhenDue();
            goodbye.checkBound();
            notOverdue();
            boolean open = facts.isTalking() && !facts.isModelGone() && facts.call.model.writable();
            if (published && open) {
                caller.allForwarded();
            }
        }
        playback.afterTurn();
        goodbye.afterTurn();
    }

    private void notOverdue() {
        facts.check(facts.isOver() || !reasons.isOverdue(), "within its bound", "nothing happens, and it goes on");
    }

    /** Whether peers have said what they still had on their wires. */
    boolean isLongReleased() {
        return facts.isReleased() && facts.nowNs() - releasedNs > GOODBYES_OF_PEERS_NS;
    }
}
