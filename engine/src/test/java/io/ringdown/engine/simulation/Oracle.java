package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.HangupCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold for one call, judged from what went in and what came out and from nothing inside. It is told of an event
 * as that is published, and of everything the lane does, as it does it; since a late lane handles many events in one turn,
 * what was lawful at any time of a turn is lawful for all of it.
 */
final class Oracle {
    /** What a message may take on its way, and a timer's tick. */
    private static final long TOLERANCE_NS = 60 * World.NS_PER_MS;

    /** A lane that has no frame for a farewell, or a model that says nothing: its own bounds, and some. */
    private static final long REQUEST_NS = 5_000 * World.NS_PER_MS;

    private static final long RESPONSE_STALL_NS = 10_000 * World.NS_PER_MS;

    /** What may wait for a socket: the lead, and a frame. */
    private static final long TX_BYTES = 8_000;

    /** What stalls and lost echoes of a carrier may add, all in all. */
    private static final long MISBEHAVIOUR_NS = 20_000 * World.NS_PER_MS;

    private final SimulatedCall call;
    private final World world;
    private final CallSettings.Times times;
    private final boolean untilHeard;
    private final Reasons reasons;
    private final CallerLedger caller;

    private boolean started;
    private boolean connected;
    private boolean talking;
    private boolean modelGone;
    private boolean carrierGone;
    private boolean carrierLeftFirst;
    private boolean carrierMisbehaves;
    private boolean policy;

    /** It must end without waiting for anything, whatever else happens from now on. */
    private boolean endOrdered;

    private boolean farewellAsked;
    private boolean spokeInTurn;
    private boolean released;
    private long releasedNs;

    /** The utterance whose end must end the call, as far as can be told from outside. */
    private Utterance armed;

    /** What was before in this turn: the lane may know already that the later one is lost. */
    private Utterance armedBefore;

    /** Whether nothing but that end may end the call, so that it must. */
    private boolean certain;

    private final List<Utterance> lawful = new ArrayList<>(2);
    private long boundNs = Long.MAX_VALUE;
    private String disarmedBy = "nobody said goodbye";

    private int marksSent;
    private int marksUnanswered;
    private int lastMark;
    private int liveGeneration;
    private boolean audioBehindMark;
    private int clears;
    private int clearsWanted;

    private long clipUntilNs;
    private boolean clipUnheard;

    private HangupCommand offered;
    private boolean taken;
    private int executions;
    private boolean unheardAtOffer;
    private boolean causeForTimeout;
    private String drain;
    private int carrierCloses;
    private int modelCloses;

    Oracle(SimulatedCall call) {
        this.call = call;
        world = call.world;
        times = call.script.settings().times();
        untilHeard = call.script.settings().drain() == DrainPolicy.PLAYBACK;
        reasons = new Reasons(world, times);
        caller = new CallerLedger(world);
    }

    private boolean isOver() {
        return offered != null || carrierGone || released;
    }

    // what the lane is told: the life of the call

    void started() {
        if (!started && !isOver() && !endOrdered) {
            started = true;
            reasons.started();
        }
    }

    void connected() {
        connected |= started && !modelGone && !isOver();
        reasons.connected();
    }

    void confirmed() {
        if (connected && !modelGone && !isOver()) {
            talking = true;
        }
    }

    void carrierGone() {
        carrierLeftFirst |= offered == null;
        carrierGone = true;
    }

    void carrierMisbehaves() {
        carrierMisbehaves = true;
    }

    void modelFails(EventType how) {
        reasons.modelFailed(how);
        modelGone = true;
        policy("the model was lost");
        boundRecording();
    }

    private boolean isModelGone() {
        return modelGone || modelCloses > 0;
    }

    void ordered(Step.Act act) {
        reasons.ordered(act);
        endOrdered |= act != Step.Act.OPERATOR_POLITELY;
        policy("somebody else ended it");
    }

    void abused() {
        reasons.allow(HangupReason.PEER_ABUSE);
        endOrdered = true;
        policy("the peer abused us");
    }

    /** From now on the call ends for a reason of its own, and a goodbye only may be spoken to its end. */
    private void policy(String why) {
        policy = true;
        certain = false;
        boundNs = Long.MAX_VALUE;
        disarmedBy = why;
    }

    /** Nobody says goodbye, so it is a recording that is played to its end. */
    private void boundRecording() {
        if (armed == null && started && !isOver()) {
            boundNs = world.nowNs()
                    + call.carrier.remainingNs()
                    + MuLaw.durationNs(Lines.CLIP_BYTES)
                    + times.carrierStallNs()
                    + times.markSlackNs()
                    + TOLERANCE_NS;
        }
    }

    // what the lane is told: the model

    void created(Utterance utterance) {
        utterance.toldNs = world.nowNs();
        if (!talking || isModelGone() || isOver()) {
            return;
        }
        utterance.announced = true;
        utterance.announcedNs = world.nowNs();
        reasons.activity();
        if (utterance.purpose == ResponsePurpose.FAREWELL) {
            arm(utterance);
        }
    }

    void audio(Utterance utterance, int item, int bytes) {
        begins(utterance, item);
        if (!utterance.announced) {
            return;
        }
        utterance.heardInTurn |= utterance.isHeard(world.nowNs());
        utterance.receivedBytes += bytes;
        utterance.hasAudio[item] = true;
        if (utterance == armed) {
            watch();
        }
    }

    private void begins(Utterance utterance, int item) {
        utterance.toldNs = world.nowNs();
        if (item == 1 && !utterance.hasAudio[0] && !utterance.audioDone[0] && utterance.words[0] == null) {
            utterance.secondItemFirst = true;
        }
    }

    void audioRefused(Utterance utterance) {
        utterance.cancelled = true;
        disarm(utterance, "there was no room for it");
    }

    void audioDone(Utterance utterance, int item) {
        begins(utterance, item);
        utterance.audioDone[item] = true;
        if (utterance == armed) {
            watch();
        }
    }

    void words(Utterance utterance, int item, String words) {
        begins(utterance, item);
        utterance.words[item] = words;
        boolean greeting = utterance.purpose == ResponsePurpose.GREETING;
        if (utterance.isGoodbye() && !greeting) {
            reasons.allow(HangupReason.BOT_GOODBYE_BYE_ONLY);
            arm(utterance);
        } else if (!utterance.endsCall && utterance.purpose != ResponsePurpose.FAREWELL) {
            disarm(utterance, "it was no goodbye after all");
        }
    }

    void tool(Utterance utterance, String tool) {
        utterance.toldNs = world.nowNs();
        if ("end_call".equals(tool) && utterance.announced) {
            utterance.endsCall = true;
            reasons.allow(HangupReason.END_CALL_TOOL);
            arm(utterance);
        }
    }

    void done(Utterance utterance, ResponseStatus status) {
        utterance.toldNs = world.nowNs();
        if (utterance.status != ResponseStatus.IN_PROGRESS || !utterance.announced) {
            return;
        }
        utterance.status = status;
        reasons.done(status, utterance.cancelled);
        if (status == ResponseStatus.FAILED_QUOTA) {
            modelGone = true;
            policy("the account is empty");
            boundRecording();
        } else if (status != ResponseStatus.COMPLETED) {
            disarm(utterance, "it ended " + status);
        } else if (utterance == armed) {
            watch();
            certain &= utterance.receivedBytes > 0; // or else a farewell may be asked for
        }
    }

    // what arms and disarms

    private void arm(Utterance utterance) {
        boolean lost = utterance.interrupted
                || utterance.cancelled
                || !utterance.announced
                || utterance.status != ResponseStatus.IN_PROGRESS && utterance.status != ResponseStatus.COMPLETED;
        if (lost || isOver()) {
            return;
        }
        lawful.add(utterance);
        armedBefore = armed == utterance ? armedBefore : armed;
        armed = utterance;
        certain = !policy && !isForgotten(utterance) && utterance.receivedBytes > 0;
        watch();
    }

    /** Only the last two finished responses are known for sure. */
    private boolean isForgotten(Utterance utterance) {
        List<Utterance> all = call.model.utterances;
        return all.size() - all.indexOf(utterance) > 2 && utterance.status != ResponseStatus.IN_PROGRESS;
    }

    private void disarm(Utterance utterance, String why) {
        if (utterance == armed) {
            armed = world.lateNs() > 0 ? armedBefore : null;
            certain = false;
            boundNs = Long.MAX_VALUE;
            disarmedBy = why;
        }
    }

    /** Something moved: the hangup is due when what is known to come is heard, and a slack is over. */
    private void watch() {
        if (armed == null || !certain) {
            return;
        }
        long playNs = MuLaw.durationNs(unsentBytes()) + call.carrier.remainingNs();
        long begunNs = armed.receivedBytes == 0 ? RESPONSE_STALL_NS : 0;
        boundNs = world.nowNs()
                + playNs
                + times.carrierStallNs()
                + times.markSlackNs()
                + begunNs
                + TOLERANCE_NS
                + times.responseDoneWaitNs();
    }

    /** Of those that may still be sent. */
    private long unsentBytes() {
        long unsentBytes = 0;
        for (Utterance utterance : call.model.utterances) {
            boolean wanted = utterance.announced && !utterance.interrupted && !utterance.cancelled;
            unsentBytes += wanted ? utterance.receivedBytes - utterance.sentBytes : 0;
        }
        return unsentBytes;
    }

    // what the lane is told: the caller

    void callerSpeaks() {
        reasons.speaks(true);
        if (isOver() || endOrdered) {
            return;
        }
        for (Utterance utterance : call.model.utterances) {
            utterance.interrupted |= utterance.announced && !(policy && clipPlaysForGood());
        }
        farewellAsked = false;
        spokeInTurn = true;
        armedBefore = null;
        if (armed != null) {
            disarm(armed, "the caller spoke over it");
        }
        boolean audible = call.carrier.remainingNs() > TOLERANCE_NS && !call.carrier.isStalled();
        if (audible && talking && !policy && !clipPlaysForGood()) {
            clearsWanted = clears + 1;
        }
    }

    private boolean clipPlaysForGood() {
        return reasons.isDue(HangupReason.MAX_DURATION) || modelGone || modelCloses > 0 || reasons.mayBeLost(call);
    }

    void callerStops() {
        reasons.speaks(false);
    }

    void callerSays(int line) {
        if (line == Lines.CALLER_GOODBYE) {
            reasons.allow(HangupReason.USER_GOODBYE);
        }
    }

    void callerAudio(int number) {
        caller.said(number);
    }

    void callerAudioRefused(int bytes) {
        caller.refused(bytes);
    }

    // what the lane is told: echoes

    void echoed(int generation, int number) {
        if (generation == liveGeneration && number == lastMark) {
            marksUnanswered = 0;
        }
        watch();
    }

    // what the lane does

    void audioSent(Utterance utterance, Frame frame) {
        check(!released, "nothing after the end", "audio to the carrier");
        notOverdue();
        check(
                call.carrier.remainingNs() <= times.leadNs() + 900 * World.NS_PER_MS || carrierMisbehaves,
                "lead",
                "the carrier is ahead by ms " + call.carrier.remainingNs() / World.NS_PER_MS);
        audioBehindMark = true;
        if (utterance == null) {
            clipUnheard = true;
            return;
        }
        check(!utterance.interrupted || spokeInTurn && isOver(), "none after a barge-in", "audio of " + utterance.id);
        utterance.sentBytes += frame.audioBytes();
        reasons.activity();
        watch();
    }

    /** What nobody says next may be what nobody should say any more. */
    void audioOutOfOrder(Frame frame) {
        for (Utterance utterance : call.model.utterances) {
            for (int from = 0; utterance.interrupted && from < utterance.receivedBytes; from++) {
                check(!Spoken.isIn(frame, utterance.voice, from), "none after a barge-in", "audio of " + utterance.id);
            }
        }
    }

    void clipPlays(int bytes, long untilNs) {
        clipUntilNs = untilNs;
    }

    void markSent(int generation, int number) {
        check(!released, "nothing after the end", "a mark to the carrier");
        marksSent++;
        marksUnanswered++;
        lastMark = number;
        liveGeneration = generation;
        audioBehindMark = false;
        watch();
    }

    void cleared() {
        clears++;
        clipUnheard = false;
        marksUnanswered = 0;
    }

    void cancelled(Utterance utterance) {
        utterance.cancelled = true;
        if (utterance == armed && !utterance.interrupted) {
            disarm(utterance, "we cancelled it ourselves");
        }
    }

    void requested(ResponsePurpose purpose) {
        farewellAsked |= purpose == ResponsePurpose.FAREWELL;
        check(talking && !released, "no request before the session", "a response was asked for");
        for (Utterance utterance : call.model.utterances) {
            boolean active = utterance.announced
                    && utterance.status == ResponseStatus.IN_PROGRESS
                    && utterance.announcedNs < world.nowNs()
                    && world.nowNs() - utterance.toldNs < RESPONSE_STALL_NS;
            check(!active || world.lateNs() > 0, "one response at a time", "asked for one while " + utterance.id);
        }
    }

    void callerForwarded(Frame frame) {
        check(!released && modelCloses == 0, "nothing after the end", "caller audio to a closed model");
        caller.forwarded(frame);
    }

    void padded(int bytes) {
        caller.padded(bytes);
    }

    void modelClosed() {
        check(++modelCloses == 1, "closed once", "the model's socket");
    }

    void carrierClosed() {
        check(++carrierCloses == 1, "closed once", "the carrier's socket");
    }

    // the hangup

    void offerRefused(HangupCommand command) {
        judge(command);
    }

    void offered(HangupCommand command) {
        taken = true;
        judge(command);
    }

    private void judge(HangupCommand command) {
        call.tell("  < hang up: " + command.reason());
        if (offered != null) {
            check(offered.reason() == command.reason(), "at most one hangup", "a second one: " + command.reason());
            return;
        }
        check(!carrierLeftFirst || lawfulNow(), "at most one hangup", "the carrier had left");
        offered = command;
        check(started, "reason", "nobody had called");
        check(
                reasons.isLawful(command.reason(), call, carrierMisbehaves),
                "reason",
                "nothing happened that could be " + command.reason());
        withinBound();
        judgePoliteness(command.reason());
    }

    /** In a late turn the carrier may have left behind the hangup. */
    private boolean lawfulNow() {
        return world.lateNs() > 0;
    }

    private void notOverdue() {
        check(isOver() || !reasons.isOverdue(), "within its bound", "nothing happens, and it goes on");
    }

    private void withinBound() {
        long excusedNs = world.lateNs() + (policy && carrierMisbehaves ? MISBEHAVIOUR_NS : 0);
        long lateNs = world.nowNs() - excusedNs - boundNs;
        check(boundNs == Long.MAX_VALUE || lateNs <= 0, "within its bound", "late by ms " + lateNs / World.NS_PER_MS);
    }

    private void judgePoliteness(HangupReason reason) {
        boolean ours = reason == HangupReason.END_CALL_TOOL && (clipUnheard || lawful.isEmpty() && farewellAsked);
        if (reason == HangupReason.BOT_GOODBYE_BYE_ONLY || reason == HangupReason.END_CALL_TOOL && !ours) {
            check(!lawful.isEmpty(), "none after a disarm", disarmedBy);
            judgeGoodbye();
        } else {
            unheardAtOffer = clipUnheard && clipUntilNs > world.nowNs() && reason.yieldsToCaller();
            causeForTimeout = true;
        }
    }

    private void judgeGoodbye() {
        unheardAtOffer = true;
        boolean complete = false;
        for (Utterance utterance : lawful) {
            unheardAtOffer &= !utterance.heardInTurn && !utterance.isHeard(world.nowNs());
            complete |= utterance.status == ResponseStatus.COMPLETED || modelGone;
        }
        causeForTimeout = carrierMisbehaves || world.lateNs() > 0 || !complete || policy;
        if (!complete) {
            drain = "unknown: it was not complete";
        }
    }

    /** The engine says how the end was known. */
    void saidDrain(String said) {
        call.tell("  < drain=" + said);
        boolean timeout = "timeout".equals(said);
        check(causeForTimeout || !timeout, "no timeout without cause", "all was there");
        check(drain == null || timeout || policy, "completed", "hung up before response.done");
        check(!unheardAtOffer || timeout || !untilHeard, "heard", "hung up before it was heard");
        unheardAtOffer &= !timeout;
        drain = said;
    }

    void executed() {
        check(++executions == 1, "at most one hangup", "executed twice");
    }

    // after every turn

    void afterTurn(boolean published) {
        check(!unheardAtOffer || !untilHeard, "heard", "hung up before it was heard");
        if (!isOver()) {
            check(clears >= clearsWanted, "barge-in clears", "the caller spoke and was not let");
            hungUpWhenDue();
            withinBound();
            check(!endOrdered || !started || carrierCloses > 0, "within its bound", "ordered to end, and goes on");
            notOverdue();
            check(
                    unsentBytes() <= World.OUT_BYTES + TX_BYTES || policy,
                    "bounded memory",
                    "waiting bytes=" + unsentBytes());
            if (published && talking && !isModelGone() && call.model.writable()) {
                caller.allForwarded();
            }
        }
        lawful.clear();
        armedBefore = null;
        spokeInTurn &= isOver();
        if (armed != null) {
            lawful.add(armed);
            armed.heardInTurn = false;
        }
        clearsWanted = 0;
    }

    private void hungUpWhenDue() {
        boolean due = certain
                && armed.status == ResponseStatus.COMPLETED
                && armed.isHeard(world.nowNs())
                && marksSent > 0
                && marksUnanswered == 0
                && !audioBehindMark
                && !call.carrier.isStalled();
        check(!due, "exactly one hangup", "all conditions hold for " + (armed == null ? "" : armed.id));
    }

    // the end

    void released(CallSummary summary) {
        check(!released, "released once", "again");
        released = true;
        releasedNs = world.nowNs();
        call.tell("  < released: " + summary.reason());
        caller.balances(summary.uplink());
        boolean ended = summary.reason() != null && summary.reason().endsPhoneCall();
        if (started && !ended && summary.reason() != HangupReason.STREAM_REPLACED) {
            check(carrierGone, "exactly one hangup", "the call ended without one");
            withinBound();
        }
        check(!ended || !started || offered != null, "exactly one hangup", "claimed and never offered");
    }

    /** Whether an echo of that mark would tell where playback is. */
    boolean isLive(int generation, int number) {
        return generation == liveGeneration && number <= lastMark;
    }

    boolean isStarted() {
        return started;
    }

    boolean isReleased() {
        return released;
    }

    /** Whether peers have said what they still had on their wires. */
    boolean isLongReleased() {
        return released && world.nowNs() - releasedNs > REQUEST_NS;
    }

    private void check(boolean holds, String invariant, String detail) {
        if (!holds) {
            world.violate(invariant, "call " + call.script.call() + ": " + detail);
        }
    }
}
