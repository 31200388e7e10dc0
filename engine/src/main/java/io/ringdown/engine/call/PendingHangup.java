package io.ringdown.engine.call;

import java.util.ArrayList;
import java.util.List;

/**
 * A goodbye that waits for its conditions: goodbye, end of audio, end of response and mark join in any order. It is a join
 * and not a sequence, since the model sends them in any order, and mostly the end of the audio first.
 */
final class PendingHangup {
    private static final HangupCondition[] ALL = HangupCondition.values();

    private final CallState call;
    private HangupReason reason;
    private Response response;
    private Via via;

    PendingHangup(CallState call) {
        this.call = call;
    }

    /** Binds a hangup to the end of {@code response}; an earlier binding gives way. */
    void arm(HangupReason reason, Response response, Via via) {
        this.reason = reason;
        this.response = response;
        this.via = via;
    }

    void disarm() {
        reason = null;
        response = null;
        via = null;
        call.deadlines.clear(Deadline.HANGUP_WATCHDOG);
        call.deadlines.clear(Deadline.RESPONSE_DONE_WAIT);
    }

    boolean isArmed() {
        return reason != null;
    }

    boolean isBoundTo(Response response) {
        return isArmed() && this.response == response;
    }

    HangupReason reason() {
        return reason;
    }

    /** The response the hangup is bound to, or null. */
    Response response() {
        return response;
    }

    Via via() {
        return via;
    }

    /** Whether {@code condition} holds for a hangup at the end of {@code subject}. */
    private boolean holds(HangupCondition condition, Response subject) {
        return switch (condition) {
            case NOT_CLOSED -> call.phase() != Phase.CLOSED;
            case NOT_TRIGGERED -> call.phase() != Phase.ENDING && call.answers.latchState() == HangupLatch.State.OPEN;
            case PENDING_HANGUP -> isArmed();
            case RESPONSE_ID_MATCH -> subject != null && subject == response;
            case NOT_CANCELLED -> subject != null && !subject.isCancelled();
            case AUDIO_DONE -> subject != null && subject.isAudioDone();
            case COMPLETED -> subject != null && subject.status() == ResponseStatus.COMPLETED;
            case OUT_Q_EMPTY -> subject != null && subject.isOutEmpty();
            case TX_EMPTY -> subject != null && subject.isTxEmpty() && !call.isTxBusy();
            case PLAYED ->
                call.settings.drain() == DrainPolicy.QUEUES || subject != null && subject.isPlayed(call.playout);
        };
    }

    boolean isSatisfied() {
        for (HangupCondition condition : ALL) {
            if (!holds(condition, response)) {
                return false;
            }
        }
        return true;
    }

    /** Of a hangup that is not satisfied: whether {@code response.done} is all that is missing. */
    boolean lacksOnlyCompletion() {
        for (HangupCondition condition : ALL) {
            if (condition != HangupCondition.COMPLETED && !holds(condition, response)) {
                return false;
            }
        }
        return true;
    }

    /** What does not hold for {@code subject}, for the log. */
    List<HangupCondition> unmet(Response subject) {
        List<HangupCondition> unmet = new ArrayList<>();
        for (HangupCondition condition : ALL) {
            if (!holds(condition, subject)) {
                unmet.add(condition);
            }
        }
        return unmet;
    }
}
