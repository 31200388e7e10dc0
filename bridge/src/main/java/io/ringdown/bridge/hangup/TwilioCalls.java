package io.ringdown.bridge.hangup;

import io.ringdown.bridge.hangup.HangupOutcome.Result;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends calls through Twilio's REST API. Any thread calls it and nobody waits: what is taken is tried within
 * {@link RestLimits}, and always comes to an outcome. The auth token is in no log line and no exception.
 */
public final class TwilioCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TwilioCalls.class);

    private final TwilioRest rest;
    private final ScheduledExecutorService retries;
    private final RestLimits limits;
    private final Semaphore room;
    private final Semaphore wire;
    private final Queue<Hangup> due = new ConcurrentLinkedQueue<>();
    private final Set<Hangup> unfinished = ConcurrentHashMap.newKeySet();
    private final RestAnswers answers = new RestAnswers();
    private volatile boolean closed;

    /**
     * @param apiUrl base of the API, with or without a path of its own
     * @param retries runs the tries and what follows an outcome; owned by the caller, who stops it after {@link #close()}
     * @throws IllegalArgumentException when {@code apiUrl} is not {@code http} or {@code https}, or has no host
     */
    public TwilioCalls(
            URI apiUrl, String accountSid, String authToken, ScheduledExecutorService retries, RestLimits limits) {
        this.rest = new TwilioRest(apiUrl, accountSid, authToken, limits.timeout());
        this.retries = retries;
        this.limits = limits;
        this.room = new Semaphore(limits.maxUnfinished());
        this.wire = new Semaphore(limits.maxInFlight());
    }

    /** False while a hangup would be given up untried. Another thread may take the last room after this was asked. */
    public boolean hasRoom() {
        return !closed && room.availablePermits() > 0;
    }

    /**
     * Hangs up this call. The future never completes exceptionally; it completes on a thread of the executor, or before
     * this returns, or in {@link #close()}. Without room, or when closed, the outcome is {@code GAVE_UP} after no attempt.
     *
     * @throws IllegalArgumentException when the callSid is empty
     */
    public CompletableFuture<HangupOutcome> complete(String callSid) {
        return complete(callSid, any -> {});
    }

    /** The same, and tells {@code whenAnswered} of each try on the executor's thread, before the outcome. */
    CompletableFuture<HangupOutcome> complete(String callSid, Consumer<RestTry> whenAnswered) {
        if (callSid.isEmpty()) {
            throw new IllegalArgumentException("no callSid to hang up");
        }
        Hangup hangup = new Hangup(callSid, System.nanoTime(), whenAnswered);
        if (!room.tryAcquire()) {
            LOG.error("no room to hang up: {} max_unfinished={}", hangup, limits.maxUnfinished());
            hangup.conclude(Result.GAVE_UP);
            return hangup.outcome();
        }
        unfinished.add(hangup);
        if (closed) { // asked after adding: close either finds it or is found here
            conclude(hangup, Result.GAVE_UP);
        } else {
            tryAfter(hangup, limits.pauses().get(0));
        }
        return hangup.outcome().copy(); // whoever cancels it stops waiting, not the hangup
    }

    /**
     * Opens a connection, TLS and all, for the first hangup to find, and sees whether the credentials are accepted.
     * Completes when that is done, never exceptionally: a failure is only logged. Called again from time to time, it keeps
     * a connection open.
     */
    public CompletableFuture<Void> warm() {
        return rest.send(rest.account()).handle((response, failure) -> {
            if (failure != null) {
                LOG.warn("carrier REST API not reached: {}", failure.toString());
            } else if (response.statusCode() == 401 || response.statusCode() == 403) {
                LOG.error(
                        "carrier REST API refuses TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN: status={}",
                        response.statusCode());
            }
            return null;
        });
    }

    /** What came back so far. */
    public RestAnswers answers() {
        return answers;
    }

    /** Gives up what is unfinished, its requests included, and takes nothing more. */
    @Override
    public void close() {
        closed = true;
        unfinished.forEach(hangup -> conclude(hangup, Result.GAVE_UP));
    }

    private void tryAfter(Hangup hangup, Duration pause) {
        try {
            retries.schedule(() -> onDue(hangup), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            conclude(hangup, Result.GAVE_UP);
        }
    }

    private void onDue(Hangup hangup) {
        due.add(hangup);
        sendDue();
    }

    /** Whoever gives a place on the wire back calls this afterwards, so nothing due is left behind. */
    private void sendDue() {
        while (!due.isEmpty() && wire.tryAcquire()) {
            Hangup next = due.poll();
            if (next != null
                    && next.waitedNs(System.nanoTime()) > limits.patience().toNanos()) {
                LOG.error("hangup waited too long for its turn: {}", next);
                conclude(next, Result.GAVE_UP);
            }
            if (next == null || next.isConcluded() || closed) {
                wire.release();
            } else {
                attempt(next);
            }
        }
    }

    private void attempt(Hangup hangup) {
        long sentNs = System.nanoTime();
        hangup.onAttempt(sentNs);
        CompletableFuture<HttpResponse<byte[]>> response = rest.send(rest.completion(hangup.callSid()));
        hangup.outcome().thenRun(() -> response.cancel(true)); // only close concludes before an answer
        response.whenCompleteAsync(
                (answered, failure) -> {
                    wire.release();
                    Answer answer = failure == null ? Answer.read(answered) : Answer.none(failure);
                    answers.count(answer.status(), System.nanoTime() - sentNs);
                    onAnswer(hangup, answer);
                    sendDue();
                },
                retries);
    }

    private void onAnswer(Hangup hangup, Answer answer) {
        if (hangup.isConcluded()) {
            return;
        }
        hangup.onAnswer(answer, System.nanoTime());
        boolean last = hangup.attempts() == limits.tries();
        Optional<Result> result = answer.settles().or(() -> last ? Optional.of(Result.GAVE_UP) : Optional.empty());
        if (!result.equals(Optional.of(Result.COMPLETED))) {
            LOG.warn(
                    "hangup not taken: {} {} {}",
                    hangup,
                    answer,
                    result.map(Result::name).orElse("to be tried again"));
        }
        result.ifPresentOrElse(
                settled -> conclude(hangup, settled),
                () -> tryAfter(hangup, limits.pauseAfter(hangup.attempts(), answer)));
    }

    private void conclude(Hangup hangup, Result result) {
        if (unfinished.remove(hangup)) {
            room.release();
            hangup.conclude(result);
        }
    }
}
