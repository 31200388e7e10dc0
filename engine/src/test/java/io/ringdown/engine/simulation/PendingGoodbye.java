package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.ResponseStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The goodbye whose end must end the call, as far as can be told from outside: exactly one hangup when its conditions hold,
 * and within its bound. Since a late lane handles many events in one turn, what was lawful at any time of a turn is lawful
 * for all of it.
 */
final class PendingGoodbye {
    private static final long RESPONSE_STALL_NS = 10_000 * World.NS_PER_MS;

    /** What stalls and lost echoes of a carrier may add, all in all. */
    private static final long MISBEHAVIOUR_NS = 20_000 * World.NS_PER_MS;

    private static final long NEVER = Long.MAX_VALUE;

    private final Facts facts;
    private final Playback playback;
    private final List<Utterance> lawful = new ArrayList<>(2);
    private Utterance armed;

    /** What was before in this turn: the lane may know already that the later one is lost. */
    private Utterance armedBefore;

    /** A later one, of a response that may be forgotten already. */
    private Utterance doubtful;

    /** Whether nothing but that end may end the call, so that it must. */
    private boolean certain;

    private long boundNs = NEVER;
    private String disarmedBy = "nobody said goodbye";

    PendingGoodbye(Facts facts, Playback playback) {
        this.facts = facts;
        this.playback = playback;
    }

    void arm(Utterance utterance) {
        boolean lost = utterance.interrupted
                || utterance.cancelled
                || !utterance.announced
                || utterance.status != ResponseStatus.IN_PROGRESS && utterance.status != ResponseStatus.COMPLETED;
        if (lost || facts.isOver() || certain && isOlderThanArmed(utterance)) {
            return;
        }
        lawful.add(utterance);
        if (isOlderThanArmed(utterance)) { // unless a farewell is asked for in place of the newer one
            doubtful = doubtful == null || isOlder(doubtful, utterance) ? utterance : doubtful;
            return;
        }
        boundNs = NEVER;
        if (utterance != armed && isForgotten(utterance)) {
            doubtful = utterance;
            certain = false;
            return;
        }
        armedBefore = armed == utterance ? armedBefore : armed;
        armed = utterance;
        certain = !facts.isPolicy() && utterance.receivedBytes > 0;
        moved();
    }

    /** Words may come late; what was said since is a goodbye too, and is to be heard. */
    private boolean isOlderThanArmed(Utterance utterance) {
        return armed != null && isOlder(utterance, armed);
    }

    private static boolean isOlder(Utterance one, Utterance other) {
        return one.announcement < other.announcement;
    }

    /** Only the last two finished responses are known for sure; one that is armed is not forgotten. */
    private boolean isForgotten(Utterance utterance) {
        List<Utterance> all = facts.utterances();
        return all.size() - all.indexOf(utterance) > 2 && utterance.status != ResponseStatus.IN_PROGRESS;
    }

    void disarm(Utterance utterance, String why) {
        if (utterance == armed) {
            armed = facts.wasLate() ? armedBefore : null;
            certain = false;
            boundNs = NEVER;
            disarmedBy = why;
        }
        doubtful = utterance == doubtful ? null : doubtful;
    }

    boolean isPending() {
        return armed != null;
    }

    void callerSpeaks() {
        armedBefore = null;
        doubtful = null;
        if (armed != null) {
            disarm(armed, "the caller spoke over it");
        }
    }

    void done(Utterance utterance, ResponseStatus status) {
        if (status != ResponseStatus.COMPLETED) {
            disarm(utterance, "it ended " + status);
        } else if (utterance == armed) {
            moved();
            certain &= utterance.receivedBytes > 0; // or else a farewell may be asked for
        }
    }

    /** The call ends for another reason; if nobody says goodbye it is a recording that is played to its end. */
    void policy(String why, boolean recording) {
        certain = false;
        boundNs = NEVER;
        disarmedBy = why;
        if (recording && armed == null && facts.isStarted() && !facts.isOver()) {
            boundNs = facts.nowNs()
                    + facts.call.carrier.remainingNs()
                    + MuLaw.durationNs(Lines.CLIP_BYTES)
                    + facts.times.carrierStallNs()
                    + facts.times.markSlackNs()
                    + Facts.TOLERANCE_NS;
        }
    }

    void moved(Utterance utterance) {
        if (utterance == armed) {
            moved();
        }
    }

    /** Something moved: the hangup is due when what is known to come is heard, and a slack is over. */
    void moved() {
        if (armed != null && certain) {
            boundNs = facts.nowNs()
                    + MuLaw.durationNs(playback.unsentBytes())
                    + facts.call.carrier.remainingNs()
                    + facts.times.carrierStallNs()
                    + facts.times.markSlackNs()
                    + facts.times.responseDoneWaitNs()
                    + (armed.receivedBytes == 0 ? RESPONSE_STALL_NS : 0)
                    + Facts.TOLERANCE_NS;
        }
    }

    /** The goodbyes at whose end the call may end now. */
    List<Utterance> lawful() {
        return lawful;
    }

    String disarmedBy() {
        return disarmedBy;
    }

    void checkBound() {
        boolean excused = facts.isPolicy() && facts.hasCarrierMisbehaved();
        long excusedNs = facts.world.lateNs() + (excused ? MISBEHAVIOUR_NS : 0);
        long lateNs = facts.nowNs() - excusedNs - boundNs;
        facts.check(boundNs == NEVER || lateNs <= 0, "within its bound", "late by ms " + lateNs / World.NS_PER_MS);
    }

    void checkHungUpWhenDue() {
        boolean due = certain
                && armed.status == ResponseStatus.COMPLETED
                && armed.isHeard(facts.nowNs())
                && playback.isConfirmed();
        facts.check(!due, "exactly one hangup", "all conditions hold for " + (armed == null ? "" : armed.id));
    }

    void afterTurn() {
        lawful.clear();
        armedBefore = null;
        if (armed != null) {
            lawful.add(armed);
            armed.heardInTurn = false;
        }
        if (doubtful != null) {
            lawful.add(doubtful);
        }
    }
}
