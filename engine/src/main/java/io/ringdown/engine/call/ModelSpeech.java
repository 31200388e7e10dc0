package io.ringdown.engine.call;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the model's responses do, from {@code response.created} to {@code response.done}, and what is done if they do not. */
final class ModelSpeech {
    /** A response that falls silent for so long is given up: the model has failed it. */
    private static final long RESPONSE_STALL_NS = TimeUnit.SECONDS.toNanos(10);

    private final CallState call;
    private final Downlink downlink;
    private final PendingHangup pending;
    private final ResponseGate gate;
    private final Goodbyes goodbyes;
    private final Tools tools;
    private final Ending ending;
    private final Set<DropReason> told = EnumSet.noneOf(DropReason.class);
    private boolean retried;

    ModelSpeech(
            CallState call,
            Downlink downlink,
            PendingHangup pending,
            ResponseGate gate,
            Goodbyes goodbyes,
            Tools tools,
            Ending ending) {
        this.call = call;
        this.downlink = downlink;
        this.pending = pending;
        this.gate = gate;
        this.goodbyes = goodbyes;
        this.tools = tools;
        this.ending = ending;
    }

    void onCreated(CallEvent event) {
        if (!call.isTalking() || call.isModelLost() || call.responses.find(event.responseId()) != null) {
            return;
        }
        boolean unwanted = gate.onCreated(event.purpose()) || pending.isArmed() && pending.response().ordinal == 0;
        Response response = call.responses.created(
                event.responseId(), event.purpose(), call.playout.generation(), pending.response());
        call.history.created(response);
        tools.settled();
        call.cue(Turn.Cue.RESPONSE_CREATED);
        call.due(Deadline.RESPONSE_STALL, RESPONSE_STALL_NS);
        if (unwanted) {
            downlink.discard(response, DropReason.CANCELLED);
        } else {
            goodbyes.onCreated(response);
        }
    }

    /** An event of a response, which may be unknown: forgotten, or never announced. */
    void on(CallEvent event) {
        Response response = call.responses.find(event.responseId());
        if (event.type() == EventType.AUDIO_DELTA) {
            downlink.onDelta(event, response);
        }
        if (response == null || call.isOver()) {
            return;
        }
        if (!response.isFinished()) {
            call.due(Deadline.RESPONSE_STALL, RESPONSE_STALL_NS);
        }
        switch (event.type()) {
            case AUDIO_REFUSED -> {
                response.generated(event.bytes());
                onAudioRefused(event, response);
            }
            case AUDIO_DONE -> downlink.onAudioDone(event, response);
            case TRANSCRIPT_DONE -> goodbyes.onTranscript(event, response);
            case TOOL_CALLED -> tools.onCall(event, response);
            case RESPONSE_DONE -> onDone(response, event.status());
            default -> {}
        }
        if (event.type() != EventType.AUDIO_DELTA && !call.isOver()) {
            tellUnmet(response);
        }
    }

    private void tellUnmet(Response response) {
        if (!pending.isSatisfied()) {
            call.commands.conditionsNotMet(pending.isArmed() ? pending.via() : Via.AUDIO_DONE, pending.unmet(response));
        }
    }

    /** The lane has no frame left, and this call holds most of them. */
    void onOverrun(CallEvent event) {
        onAudioRefused(event, call.responses.find(event.response()));
    }

    /** There is no room for its audio: it cannot be spoken whole, so it is not spoken on. */
    private void onAudioRefused(CallEvent event, Response response) {
        if (response != null && response.ordinal == 0) {
            downlink.drop(response, event.dropReason()); // and the call ends behind what is left of the recording
        } else if (response != null && !response.isDiscarded()) {
            if (told.add(event.dropReason())) { // a model may do it by the thousand
                call.commands.note("response cancelled: " + event.dropReason().sentence(), response.id);
            }
            downlink.discard(response, event.dropReason());
            if (pending.isBoundTo(response)) {
                pending.disarm();
                gate.want(ResponsePurpose.RESUME);
            }
        }
    }

    private void onDone(Response response, ResponseStatus status) {
        if (response.isFinished()) {
            return;
        }
        response.finished(status);
        if (call.responses.active() == null) {
            call.deadlines.clear(Deadline.RESPONSE_STALL);
            call.cue(Turn.Cue.RESPONSE_DONE);
        } else {
            call.due(Deadline.RESPONSE_STALL, RESPONSE_STALL_NS);
        }
        downlink.queueEndMark(response);
        goodbyes.onDone(response);
        onFailure(response);
        gate.next();
    }

    /** A server's error is worth one more try, an empty account is not (C.51). */
    private void onFailure(Response response) {
        if (response.status() == ResponseStatus.FAILED_QUOTA) {
            ending.onModelLost(HangupReason.MODEL_QUOTA, "a response failed for want of quota");
        } else if (response.status() == ResponseStatus.FAILED && !response.isUnwanted()) {
            if (retried) {
                ending.onModelLost(HangupReason.MODEL_LOST, "two responses failed in a row");
            } else {
                gate.want(response.retryPurpose());
            }
            retried = true;
        } else if (response.status() == ResponseStatus.COMPLETED) {
            retried = false;
        }
    }

    /** The model began a response and fell silent. */
    void onStall() {
        Response stalled = call.responses.active();
        if (stalled == null) {
            return;
        }
        if (pending.isBoundTo(stalled) && stalled.hasBegun()) {
            call.due(Deadline.RESPONSE_STALL, RESPONSE_STALL_NS); // its hangup has bounds of its own
            return;
        }
        call.commands.note("response stalled", stalled.id);
        downlink.cancel(stalled);
        onDone(stalled, stalled.isAudioDone() ? ResponseStatus.COMPLETED : ResponseStatus.FAILED);
    }
}
