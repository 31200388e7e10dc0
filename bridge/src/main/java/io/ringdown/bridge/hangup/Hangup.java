package io.ringdown.bridge.hangup;

import io.ringdown.bridge.hangup.HangupOutcome.Result;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One call being hung up. Its tries follow one another, so its fields have one writer at a time; close may read them. */
final class Hangup {
    private final String callSid;
    private final long takenNs;
    private final Consumer<RestTry> whenAnswered;
    private final CompletableFuture<HangupOutcome> outcome = new CompletableFuture<>();
    private volatile int attempts;
    private volatile Answer answer = Answer.NONE;
    private volatile long sentNs;

    Hangup(String callSid, long nowNs, Consumer<RestTry> whenAnswered) {
        this.callSid = callSid;
        this.takenNs = nowNs;
        this.whenAnswered = whenAnswered;
    }

    String callSid() {
        return callSid;
    }

    int attempts() {
        return attempts;
    }

    long waitedNs(long nowNs) {
        return nowNs - takenNs;
    }

    CompletableFuture<HangupOutcome> outcome() {
        return outcome;
    }

    boolean isConcluded() {
        return outcome.isDone();
    }

    void onAttempt(long nowNs) {
        sentNs = nowNs;
        attempts = attempts + 1;
    }

    void onAnswer(Answer latest, long nowNs) {
        answer = latest;
        whenAnswered.accept(new RestTry(sentNs, nowNs, latest.status(), latest.twilioCode(), latest.failure()));
    }

    /** The first result counts, the others do nothing. */
    void conclude(Result result) {
        outcome.complete(new HangupOutcome(result, attempts, answer.status(), answer.twilioCode()));
    }

    /** For logs: what a peer put into the callSid cannot break the line. */
    @Override
    public String toString() {
        return "call_sid=" + TwilioRest.escaped(callSid) + " attempts=" + attempts;
    }
}
