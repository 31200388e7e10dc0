package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;

/** The model's audio on its way to the caller: what is queued, discarded, marked, and sent. */
final class Downlink {
    /** One mark a second keeps the playout clock right; more would only be messages. */
    private static final long MARK_EVERY_BYTES = 1_000L * MuLaw.BYTES_PER_MS;

    private final CallState call;

    Downlink(CallState call) {
        this.call = call;
    }

    void onDelta(CallEvent event, Response response) {
        DropReason refusal = refusal(response);
        AudioPart part = generated(event, response);
        if (refusal != null || part == null) {
            call.commands.dropAudio(refusal == null ? DropReason.OUT_FULL : refusal);
            return;
        }
        part.received(event.bytes());
        call.playout.queued(event.bytes());
        response.queued(event.bytes());
        call.commands.queueAudio(response.ordinal, part.number, response.generation);
        call.cue(Turn.Cue.AUDIO_QUEUED);
        if (response.isFinished()) {
            queueEndMark(response);
        }
    }

    /** Counts it, whatever becomes of it. Returns its part, or null when there is none. */
    private AudioPart generated(CallEvent event, Response response) {
        if (response == null) {
            return null;
        }
        response.generated(event.bytes());
        AudioPart part = call.responses.part(response, event.itemId(), event.contentIndex());
        if (part != null) {
            part.generated(event.bytes());
        }
        return part;
    }

    private DropReason refusal(Response response) {
        if (call.isOver()) {
            return DropReason.AFTER_END;
        }
        if (response == null) {
            return DropReason.UNKNOWN_RESPONSE;
        }
        if (response.generation != call.playout.generation()) {
            return DropReason.BARGE_IN;
        }
        return response.isUnwanted() || response.isCancelSent() ? DropReason.CANCELLED : null;
    }

    void onAudioDone(CallEvent event, Response response) {
        AudioPart part = call.responses.part(response, event.itemId(), event.contentIndex());
        if (part != null) {
            part.audioDone();
        }
        if (response.isAudioDone()) {
            queueEndMark(response);
        }
    }

    /** Puts a mark behind everything, if the response has audio behind its last one. */
    void queueEndMark(Response response) {
        if (response.hasUnmarkedAudio()) {
            queueMark(response);
        }
    }

    /** Puts a mark behind everything, also for a response without audio of its own, so that earlier speech is never cut (S16). */
    void queueMissingMark(Response response) {
        if (response.owesMark()) {
            queueMark(response);
        }
    }

    private void queueMark(Response response) {
        if (response.generation == call.playout.generation()) {
            response.endMarkQueued(call.playout.nextMark());
            call.commands.queueMark(response.generation, call.playout.lastMark());
        }
    }

    /** Speaks a recording of ours, behind everything. */
    Response queueClip(Clip clip) {
        int generation = call.playout.generation();
        Response response = call.responses.clip(generation);
        AudioPart part = call.responses.part(response, "clip", 0);
        int bytes = call.commands.queueClip(clip, part.number, generation);
        response.generated(bytes);
        part.generated(bytes);
        part.received(bytes);
        response.queued(bytes);
        call.playout.queued(bytes);
        call.history.created(response);
        queueMissingMark(response);
        call.cue(Turn.Cue.AUDIO_QUEUED);
        return response;
    }

    /** No more of this response is to be heard; what the carrier already has plays on. */
    void discard(Response response, DropReason reason) {
        response.discard();
        drop(response, reason);
        cancel(response);
    }

    /** What waits of this response is not sent. */
    void drop(Response response, DropReason reason) {
        call.playout.discarded(response.dropOut());
        call.commands.discard(response.ordinal, reason);
    }

    /** Asks the model to stop generating, if it still is, and once. */
    void cancel(Response response) {
        if (response.ordinal != 0 && !call.isModelLost() && response.takeCancel()) {
            call.commands.cancelResponse(response.id);
        }
    }

    void onStaged(CallEvent event) {
        if (event.generation() == call.playout.generation()) {
            call.playout.staged(event.bytes());
            Response response = call.responses.find(event.response());
            if (response != null) {
                response.staged(event.bytes());
            }
        }
    }

    void onSent(CallEvent event) {
        if (event.generation() != call.playout.generation()) {
            return;
        }
        call.txBusy(true);
        Response response = call.responses.find(event.response());
        if (response != null) {
            response.sent(event.bytes(), call.nowNs);
        }
        call.playout.sent(call.responses.part(event.part()), event.bytes(), call.nowNs);
        if (call.playout.takeMarkDue(MARK_EVERY_BYTES)) {
            call.commands.stageMark(call.playout.generation(), call.playout.nextMark());
        }
    }

    void onMarkSent(CallEvent event) {
        if (event.generation() == call.playout.generation()) {
            call.txBusy(true);
            call.responses.markSent(event.mark(), call.playout.markSent(event.mark()));
            call.responses.noteMarks(call.playout, call.nowNs);
        }
    }

    void onEcho(CallEvent event) {
        if (call.playout.echoed(event.generation(), event.mark(), call.nowNs)) {
            call.responses.noteMarks(call.playout, call.nowNs);
        }
    }

    void onTx(EventType type) {
        boolean drained = type == EventType.TX_DRAINED;
        call.txBusy(!drained);
        call.playout.socketMoved(drained, type != EventType.TX_BLOCKED, call.nowNs);
        if (drained || call.isOver()) {
            call.deadlines.clear(Deadline.CARRIER_STALL);
        } else if (type == EventType.TX_PROGRESSED || !call.deadlines.isSet(Deadline.CARRIER_STALL)) {
            call.due(Deadline.CARRIER_STALL, call.times.carrierStallNs());
        }
    }
}
