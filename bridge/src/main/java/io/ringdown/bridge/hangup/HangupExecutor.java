package io.ringdown.bridge.hangup;

import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Hangups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes claimed hangups through the carrier's API, and tells each call what came of it. Lanes only hand commands over;
 * all else happens on the executor's thread.
 */
public final class HangupExecutor implements Hangups {
    private static final Logger LOG = LoggerFactory.getLogger(HangupExecutor.class);
    private static final long RETELL_MS = 20;

    private final Optional<TwilioCalls> api;
    private final ScheduledExecutorService worker;
    private final BiConsumer<CallAddress, HangupReport> whenOver;
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder gaveUp = new LongAdder();

    /**
     * @param api the carrier's, empty when there are no credentials: then a hangup closes the stream
     * @param worker one thread, owned by the caller
     * @param whenOver told once for each hangup, on that thread, what came of it
     */
    public HangupExecutor(
            Optional<TwilioCalls> api,
            ScheduledExecutorService worker,
            BiConsumer<CallAddress, HangupReport> whenOver) {
        this.api = api;
        this.worker = worker;
        this.whenOver = whenOver;
    }

    /** There are never more commands than calls, so that the worker's queue is bounded by the capacity. */
    @Override
    public boolean offer(HangupCommand command) {
        if (api.isPresent() && !api.get().hasRoom()) {
            return false;
        }
        try {
            worker.execute(() -> take(command));
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void take(HangupCommand command) {
        if (!command.latch().execute()) {
            return;
        }
        try {
            execute(command);
        } catch (RuntimeException e) { // the worker would keep it to itself, and the call would wait for ever
            LOG.error("hangup failed, closing the stream instead call_sid={}", command.callSid(), e);
            gaveUp.increment();
            finish(command, false, new HangupReport(Optional.empty(), List.of()));
        }
    }

    private void execute(HangupCommand command) {
        if (api.isEmpty()) {
            finish(command, false, new HangupReport(Optional.empty(), List.of()));
            return;
        }
        List<RestTry> tries = new ArrayList<>(); // the worker's, as all that follows
        api.get()
                .complete(command.callSid(), tries::add)
                .thenAcceptAsync(
                        outcome -> {
                            boolean over = isOver(outcome);
                            if (!over) {
                                LOG.error(
                                        "hangup failed, closing the stream instead: {} call_sid={}",
                                        outcome,
                                        command.callSid());
                            }
                            (over ? confirmed : gaveUp).increment();
                            finish(command, over, new HangupReport(Optional.of(outcome), List.copyOf(tries)));
                        },
                        worker);
    }

    private static boolean isOver(HangupOutcome outcome) {
        return switch (outcome.result()) {
            case COMPLETED, ALREADY_OVER -> true;
            case REFUSED, GAVE_UP -> false;
        };
    }

    private void finish(HangupCommand command, boolean over, HangupReport report) {
        command.latch().done();
        whenOver.accept(command.call(), report);
        tell(command.call(), over ? EventType.HANGUP_CONFIRMED : EventType.HANGUP_GAVE_UP);
    }

    /** A full ring refuses us, but the call must know: again, until it is told or gone. */
    private void tell(CallAddress call, EventType outcome) {
        if (!call.tell(event -> event.happened(outcome)) && !worker.isShutdown()) {
            worker.schedule(() -> tell(call, outcome), RETELL_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Hangups the carrier confirmed. */
    public long confirmed() {
        return confirmed.sum();
    }

    /** Hangups the carrier's API was asked for and could not do. */
    public long gaveUp() {
        return gaveUp.sum();
    }
}
