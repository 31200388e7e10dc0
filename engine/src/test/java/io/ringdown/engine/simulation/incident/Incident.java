package io.ringdown.engine.simulation.incident;

import java.util.List;
import java.util.Set;

/** What went wrong in production once, as a change to the engine, and the promise it must be found to break. */
enum Incident {
    HANGS_UP_AT_EMPTY_QUEUES(
            "C.3 last words cut: empty queues taken for heard",
            "heard",
            new Edit("call/PendingHangup", "call.settings.drain() == DrainPolicy.QUEUES ||", "true ||")),

    CHECKS_ONLY_ON_AUDIO_DONE(
            "C.1 goodbye said, call stays open: checked only on audio.done",
            "exactly one hangup",
            new Edit(
                    "call/CallMachine",
                    "ending.review();",
                    "if (event.type() == EventType.AUDIO_DONE) { ending.review(); }")),

    AUDIO_DONE_COMPLETES(
            "C.10 hung up after content_filter: audio.done taken for completed",
            "completed",
            new Edit(
                    "call/PendingHangup",
                    "case COMPLETED -> subject != null && subject.status() == ResponseStatus.COMPLETED;",
                    "case COMPLETED -> true;")),

    COUNTS_THE_ECHO_OF_A_CLEAR(
            "C.5 echo of a cleared mark counted: marks without a generation",
            "heard",
            new Edit("call/Playout", "generation == this.generation ?", "true ?"),
            new Edit("call/Playout", "generation++;", "generation++; lastMark = 0;")),

    TIMER_OUTLIVES_ITS_CALL(
            "C.15 timer of call N fired on call N+1",
            "released once",
            new Edit("lane/LaneCalls", "timers.cancel(call);", "")),

    EVENT_OUTLIVES_ITS_CALL(
            "C.15 event of call N handled by call N+1",
            "reason",
            new Edit("lane/CallSlots", "epochs[slot] == epoch ? calls[slot] : null", "calls[slot]")),

    UNRELATED_DONE_CANCELS_THE_WATCHDOG(
            "C.16 done of another response kills the fallback",
            "within its bound",
            new Edit(
                    "call/ModelSpeech",
                    "goodbyes.onDone(response);",
                    "goodbyes.onDone(response); call.deadlines.clear(Deadline.HANGUP_WATCHDOG);"),
            new Edit("call/Ending", "(unwatched || watchedMoves", "(!unwatched || watchedMoves")),

    NO_REARM_AFTER_BARGE_IN(
            "C.17 the goodbye after a cancelled goodbye is not armed",
            "exactly one hangup",
            new Edit("call/Goodbyes", "private int resumes;", "private int resumes; private boolean spent;"),
            new Edit("call/Goodbyes", "boolean wasGoodbye =", "spent = true; boolean wasGoodbye ="),
            Edit.atStartOf(
                    "call/Goodbyes",
                    "private void arm(HangupReason reason, Response response) {",
                    "if (spent) { return; }")),

    FORWARDS_LATE_DELTAS(
            "C.35 ghost audio: late deltas after a cancel",
            "none after a barge-in",
            new Edit("call/Downlink", "response.generation != call.playout.generation()", "false"),
            new Edit("call/Downlink", "return response.isUnwanted() ||", "return false &&")),

    FORGETS_THE_ARMED_RESPONSE(
            "C.23 the armed response evicted by two others",
            "exactly one hangup",
            new Edit("call/Responses", "response != armed &&", "")),

    BARGE_IN_DOES_NOT_DISARM(
            "C.17 barge-in on the goodbye hangs up on the caller",
            "none after a disarm",
            Edit.atStartOf("call/Goodbyes", "void onCallerSpeech() {", "if (true) { return; }"),
            new Edit(
                    "call/PendingHangup",
                    "case NOT_CANCELLED -> subject != null && !subject.isCancelled();",
                    "case NOT_CANCELLED -> true;")),

    DEAF_WHILE_SPEAKING(
            "C.41 half-duplex gate dropped the caller",
            "caller heard",
            new Edit("call/Uplink", "if (call.isModelLost())", "if (call.isModelLost() || call.isAudible())")),

    FRAME_IN_HAND_IS_PLAYED(
            "C.33 the frame already in hand played after the clear",
            "none after a barge-in",
            new Edit(
                    "lane/ModelAudio",
                    "drop(reason);\n        unflushed = true;",
                    "lane.counters().dropped(reason, out.clear());\n        unflushed = true;")),

    FLUSH_TAKES_THE_NEXT_RESPONSE(
            "C.34 a late flush deleted the next response's audio",
            Set.of("bytes in order", "no timeout without cause"),
            new Edit("audio/OutQueue", "!frame.isMark() && frame.response() == response", "!frame.isMark()"),
            new Edit(
                    "call/ModelSpeech",
                    "response.finished(status);",
                    "response.finished(status);"
                            + " if (status == ResponseStatus.CANCELLED) {"
                            + " call.commands.discard(response.ordinal, DropReason.CANCELLED); }")),

    FOUR_PLACES_END_THE_CALL(
            "C.22 exactly once broken: a flag checked outside of its lock",
            "at most one hangup",
            new Edit(
                    "call/HangupLatch", "return word.compareAndSet(OPEN, claimed);", "word.set(claimed); return true;"),
            new Edit(
                    "call/Ending",
                    "if (!call.isOver()) {\n            claim(reason, 0);",
                    "{\n            claim(reason, 0);")),

    HANGS_UP_ON_TECHNICAL_EVENTS(
            "C.13 hung up on audio.done alone",
            "reason",
            new Edit(
                    "call/ModelSpeech",
                    "case AUDIO_DONE -> downlink.onAudioDone(event, response);",
                    "case AUDIO_DONE -> { downlink.onAudioDone(event, response); goodbyes.onEndCall(response); }")),

    SILENCE_WATCHDOG_IGNORES_SPEECH(
            "C.18 watchdog cut live calls: playback not counted",
            "reason",
            new Edit("call/Quiet", "&& call.turn() == Turn.LISTENING", "")),

    FAILED_HANGUP_LETS_THE_CALL_LIVE(
            "C.21 REST hangup fails, call lives on",
            "terminal state",
            new Edit("call/Ending", "call.due(Deadline.CARRIER_CLOSE, EXECUTION_TIMEOUT_NS);", ""),
            new Edit("call/Ending", "now(call.answers.claimedReason());\n        closeCarrier();", "")),

    MARK_TIMEOUT_FROM_SENDING(
            "C.59 mark timeout 500 ms from send: false timeouts",
            "no timeout without cause",
            new Edit(
                    "call/Ending",
                    "playNs + Math.max(call.times.markSlackNs(), stallNs)",
                    "Math.max(call.times.markSlackNs() / 2, stallNs)")),

    BARGE_IN_NEEDS_AN_ACTIVE_RESPONSE(
            "C.30 barge-in missed: active response cleared, caller still hears it",
            "barge-in clears",
            new Edit(
                    "call/BargeIn",
                    "boolean audible = call.isAudible();",
                    "boolean audible = call.responses.active() != null;")),

    SENDS_ALL_AHEAD(
            "C.36 30 s of stale speech at the carrier",
            "lead",
            new Edit("lane/ModelAudio", "if (earlyBytes > 0)", "if (false)")),

    REQUESTS_BEFORE_THE_SESSION(
            "C.44 response.create before session.updated",
            "no request before the session",
            new Edit("call/ResponseGate", "return call.isTalking() &&", "return"),
            new Edit(
                    "call/CallMachine",
                    "call.commands.configureSession();",
                    "call.commands.configureSession(); gate.want(ResponsePurpose.GREETING);")),

    UNCATEGORISED_DROPS(
            "C.42 dropped audio without a reason",
            "bytes balance",
            new Edit("lane/CallerAudio", "ledger.dropped(bytes, reason);", "")),

    TAIL_AFTER_THE_MARK(
            "C.6 dead air: a fixed tail behind the mark",
            "exactly one hangup",
            new Edit(
                    "call/Ending",
                    "hangUp(call.settings.drain() == DrainPolicy.PLAYBACK ? Drain.MARK : Drain.QUEUES, pending.via());",
                    "if (!call.deadlines.isSet(Deadline.RESPONSE_DONE_WAIT)) {"
                            + " call.due(Deadline.RESPONSE_DONE_WAIT, 600_000_000L); }")),

    CALLER_MUST_SAY_GOODBYE_FIRST(
            "C.12 never hung up: the caller must say goodbye first",
            "exactly one hangup",
            Edit.atStartOf(
                    "call/Goodbyes",
                    "private void arm(HangupReason reason, Response response) {",
                    "if (!callerSaidGoodbye) { return; }")),

    FRAMES_GLUED_TOGETHER(
            "C.38 deltas of two responses in one frame",
            "bytes in order",
            new Edit("audio/OutQueue", "first.sameAudio(second) &&", "!first.isMark() && !second.isMark() &&")),

    MODEL_DIES_UNNOTICED(
            "C.49 receiver dies, call half-alive",
            "within its bound",
            new Edit("call/Ending", "insist(reason, Clip.MODEL_LOST);", "")),

    SILENCE_BURNS_MINUTES(
            "C.19 silence burned minutes: no timer at all",
            "within its bound",
            new Edit("call/Quiet", "call.due(Deadline.SILENCE, call.times.silenceTimeoutNs());", "")),

    BYPASSES_THE_GATE(
            "C.26 conversation_already_has_active_response: the gate bypassed",
            "one response at a time",
            new Edit("call/ResponseGate", "&& call.responses.active() == null", "")),

    FRAMES_ARE_NOT_GIVEN_BACK(
            "C.42 memory grew: frames of a cleared queue kept",
            "frames back",
            new Edit("audio/TxQueue", "frame.release();", ""));

    private final String story;
    private final Set<String> invariants;
    private final List<Edit> edits;

    Incident(String story, String invariant, Edit... edits) {
        this(story, Set.of(invariant), edits);
    }

    Incident(String story, Set<String> invariants, Edit... edits) {
        this.story = story;
        this.invariants = invariants;
        this.edits = List.of(edits);
    }

    /** Number in SCENARIOS.md C, and what happened. */
    String story() {
        return story;
    }

    /** The promises it breaks first, mostly one. */
    Set<String> invariants() {
        return invariants;
    }

    List<Edit> edits() {
        return edits;
    }
}
