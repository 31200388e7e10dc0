package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;

/**
 * What is said about ending the call, by either side, and what it arms. The model's goodbye, or its {@code end_call}, arms a
 * hangup; the caller's only asks for the model's (S25).
 */
final class Goodbyes {
    /** A goodbye cut by a content filter is said again so often, and no more. */
    private static final int MAX_RESUMES = 2;

    private final CallState call;
    private final PendingHangup pending;
    private final Downlink downlink;
    private final ResponseGate gate;
    private boolean callerSaidGoodbye;
    private int resumes;

    Goodbyes(CallState call, PendingHangup pending, Downlink downlink, ResponseGate gate) {
        this.call = call;
        this.pending = pending;
        this.downlink = downlink;
        this.gate = gate;
    }

    void onTranscript(CallEvent event, Response response) {
        AudioPart part = call.responses.part(response, event.itemId(), event.contentIndex());
        if (part == null) {
            return;
        }
        part.transcribed(event.text());
        String said = response.transcript();
        boolean goodbye = call.answers.modelSaysGoodbye(call.settings, said) && !isProtected(response);
        if (goodbye && !response.saidGoodbye()) {
            call.commands.goodbyeDetected(response.id, said);
        }
        response.saidGoodbye(goodbye);
        if (goodbye) {
            arm(HangupReason.BOT_GOODBYE_BYE_ONLY, response);
        } else if (pending.isBoundTo(response) && pending.reason() == HangupReason.BOT_GOODBYE_BYE_ONLY) {
            pending.disarm();
        }
    }

    private boolean isProtected(Response response) {
        return response.purpose == ResponsePurpose.GREETING && call.settings.greetingProtection();
    }

    void onEndCall(Response response) {
        response.endsCall();
        arm(HangupReason.END_CALL_TOOL, response);
    }

    /** Binds the end of the call to {@code response}, unless the caller has spoken over it or a recording of ours took its place. */
    private void arm(HangupReason reason, Response response) {
        askForTheRest(response);
        if (response.isCancelled()) {
            return;
        }
        if (pending.isArmed() && pending.response().ordinal > response.ordinal) {
            return; // told late: what was said since is a goodbye too, and is yet to be heard
        }
        if (pending.isBoundTo(response) && pending.reason().compareTo(reason) <= 0) {
            return; // said twice: it was bound the first time
        }
        pending.arm(reason, response, response.isAudioDone() ? Via.TRANSCRIPT_DONE : Via.AUDIO_DONE);
        if (response.isFinished()) {
            settle(response);
        }
    }

    /** A farewell we asked for appeared: the end of the call is bound to it from the start. */
    void onCreated(Response response) {
        call.deadlines.clear(Deadline.CANCELLED_GOODBYE);
        if (response.purpose == ResponsePurpose.FAREWELL) {
            arm(HangupReason.END_CALL_TOOL, response);
        }
    }

    void onDone(Response response) {
        if (callerSaidGoodbye && !pending.isArmed()) {
            awaitAnswer();
        }
        if (!pending.isBoundTo(response)) {
            return;
        }
        if (response.status() == ResponseStatus.COMPLETED) {
            settle(response);
            return;
        }
        pending.disarm();
        if (response.status() == ResponseStatus.CANCELLED) {
            call.due(Deadline.CANCELLED_GOODBYE, call.times.cancelledGoodbyeTimeoutNs());
        } else {
            askForTheRest(response);
        }
    }

    /** A goodbye cut by a limit or a filter ends nothing: it is to be said whole (S9). */
    private void askForTheRest(Response response) {
        if (response.status() == ResponseStatus.INCOMPLETE && !response.isUnwanted() && resumes++ < MAX_RESUMES) {
            gate.want(response.retryPurpose());
        }
    }

    /** The armed response is complete: what must still be heard is marked, or, if {@code end_call} came alone, asked for. */
    private void settle(Response response) {
        boolean wordless = response.isEndingCall() && !response.hasSpeech();
        if (wordless && response.purpose != ResponsePurpose.FAREWELL && !call.isAudible()) {
            pending.disarm();
            gate.want(ResponsePurpose.FAREWELL);
        } else {
            downlink.queueMissingMark(response);
        }
    }

    /** The caller speaks, and may: a goodbye that was not claimed yet is off, and the call goes on (S3, S7, S53). */
    void onCallerSpeech() {
        callerSaidGoodbye = false;
        call.deadlines.clear(Deadline.USER_GOODBYE);
        if (!pending.isArmed()) {
            return;
        }
        boolean wasGoodbye = pending.response().ordinal != 0;
        pending.disarm();
        call.commands.note("goodbye cancelled by the caller", null);
        if (wasGoodbye) {
            call.due(Deadline.CANCELLED_GOODBYE, call.times.cancelledGoodbyeTimeoutNs());
        }
    }

    void onCallerWords(String transcript) {
        if (transcript == null || transcript.isBlank()) {
            return;
        }
        call.deadlines.clear(Deadline.CANCELLED_GOODBYE);
        callerSaidGoodbye = call.answers.callerSaysGoodbye(call.settings, transcript);
        if (!callerSaidGoodbye) {
            call.deadlines.clear(Deadline.USER_GOODBYE);
        } else if (!pending.isArmed()) {
            awaitAnswer();
            if (call.turn() == Turn.LISTENING) {
                gate.want(ResponsePurpose.GOODBYE_ANSWER);
            }
        }
    }

    /** From the end of what is being said: the answer to the caller's goodbye may be long (S25). */
    private void awaitAnswer() {
        long playNs = MuLaw.durationNs(call.playout.remainingBytes(call.nowNs));
        call.due(Deadline.USER_GOODBYE, playNs + call.times.goodbyeAnswerTimeoutNs());
    }

    /** Nobody said anything after a goodbye was cut: it was an echo. The model is asked to finish (S28). */
    void onCancelledGoodbyeTimeout() {
        if (call.isCallerSpeaking()) {
            call.due(Deadline.CANCELLED_GOODBYE, call.times.cancelledGoodbyeTimeoutNs());
        } else {
            gate.want(ResponsePurpose.RESUME);
        }
    }
}
