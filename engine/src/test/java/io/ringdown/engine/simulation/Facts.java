package io.ringdown.engine.simulation;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponseStatus;
import java.util.List;

/** What is known of one call from outside: what went in and what came out. The judges share it. */
final class Facts {
    /** What a message may take on its way, and a timer's tick. */
    static final long TOLERANCE_NS = 60 * World.NS_PER_MS;

    final SimulatedCall call;
    final World world;
    final CallSettings.Times times;
    final Reasons reasons;

    private boolean started;
    private boolean connected;
    private boolean talking;
    private boolean modelGone;
    private boolean modelClosed;
    private boolean carrierGone;
    private boolean carrierMisbehaves;
    private boolean carrierClosed;
    private boolean policy;
    private boolean endOrdered;
    private boolean hungUp;
    private boolean released;

    Facts(SimulatedCall call) {
        this.call = call;
        world = call.world;
        times = call.script.settings().times();
        reasons = new Reasons(world, times);
    }

    void check(boolean holds, String invariant, String detail) {
        if (!holds) {
            world.violate(invariant, "call " + call.script.call() + ": " + detail);
        }
    }

    long nowNs() {
        return world.nowNs();
    }

    /** A lane that was late handled much in one turn: who came first in it cannot be told. */
    boolean wasLate() {
        return world.lateNs() > 0;
    }

    List<Utterance> utterances() {
        return call.model.utterances;
    }

    // what the lane is told

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
        talking |= connected && !modelGone && !isOver();
        reasons.confirmed();
    }

    void carrierGone() {
        carrierGone = true;
    }

    void carrierMisbehaves() {
        carrierMisbehaves = true;
    }

    void modelFails(EventType how) {
        reasons.modelFailed(how);
        modelGone = true;
        policy = true;
    }

    void done(Utterance utterance, ResponseStatus status) {
        utterance.status = status;
        reasons.done(status, utterance.cancelled);
        modelGone |= status == ResponseStatus.FAILED_QUOTA;
        policy |= status == ResponseStatus.FAILED_QUOTA;
    }

    void ordered(Step.Act act) {
        reasons.ordered(act);
        endOrdered |= act != Step.Act.OPERATOR_POLITELY && act != Step.Act.SHUTDOWN_POLITELY;
        policy = true;
    }

    void abused() {
        reasons.allow(HangupReason.PEER_ABUSE);
        endOrdered = true;
        policy = true;
    }

    // what the lane does

    void modelClosed() {
        check(!modelClosed, "closed once", "the model's socket");
        modelClosed = true;
    }

    void carrierClosed() {
        check(!carrierClosed, "closed once", "the carrier's socket");
        carrierClosed = true;
    }

    void hungUp() {
        hungUp = true;
    }

    void released() {
        check(!released, "released once", "again");
        released = true;
    }

    // what follows

    boolean isStarted() {
        return started;
    }

    boolean isTalking() {
        return talking;
    }

    boolean isModelGone() {
        return modelGone || modelClosed;
    }

    boolean isModelLost() {
        return modelGone;
    }

    boolean isModelClosed() {
        return modelClosed;
    }

    boolean isCarrierGone() {
        return carrierGone;
    }

    boolean isCarrierClosed() {
        return carrierClosed;
    }

    boolean hasCarrierMisbehaved() {
        return carrierMisbehaves;
    }

    /** From now on the call ends for a reason of its own, and a goodbye only may be spoken to its end. */
    boolean isPolicy() {
        return policy;
    }

    /** It must end without waiting for anything, whatever else happens from now on. */
    boolean isEndOrdered() {
        return endOrdered;
    }

    boolean isReleased() {
        return released;
    }

    boolean isOver() {
        return hungUp || carrierGone || released;
    }

    /** Whether a recording is, or may be, on its way that the caller cannot stop. */
    boolean isRecordingForGood() {
        return reasons.isDue(HangupReason.MAX_DURATION) || isModelGone() || reasons.mayBeLost(call);
    }
}
