package io.ringdown.bridge.operations.api;

import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.HangupCommand;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hangs up for operators: a call is told through the ring of its lane, and claimed by us when the lane does not turn. Either
 * way it goes through the call's latch, so it is hung up once.
 */
final class OperatorHangups {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorHangups.class);
    private static final long LANE_ANSWERS_MS = 2_000;
    private static final long ASK_AGAIN_MS = 50;
    private static final int OFFERS = 30;

    private final CallRegistry registry;
    private final HangupExecutor hangups;
    private final ScheduledExecutorService loop;

    OperatorHangups(CallRegistry registry, HangupExecutor hangups, ScheduledExecutorService loop) {
        this.registry = registry;
        this.hangups = hangups;
        this.loop = loop;
    }

    enum Answer {
        ACCEPTED,
        NO_SUCH_CALL,
        ALREADY_ENDING;

        String logName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Hangs up the call, at once or {@code polite}ly; its end comes later.
     *
     * @return {@code ALREADY_ENDING} when its hangup is claimed, or the carrier has ended it
     */
    Answer hangUp(String callSid, boolean polite) {
        CallAddress call = registry.find(callSid);
        if (call == null) {
            return Answer.NO_SUCH_CALL;
        }
        if (call.latch().state() != HangupLatch.State.OPEN) {
            return Answer.ALREADY_ENDING;
        }
        tell(callSid, call, polite, System.nanoTime());
        return Answer.ACCEPTED;
    }

    /** A full ring refuses us: again, as long as the lane has time to answer. */
    private void tell(String callSid, CallAddress call, boolean polite, long sinceNs) {
        long leftMs = LANE_ANSWERS_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs);
        if (call.tell(event -> event.operatorHungUp(polite))) {
            long census = call.lane().askForCensus();
            after(leftMs, () -> supervise(callSid, call, census));
        } else if (leftMs > 0) {
            after(ASK_AGAIN_MS, () -> tell(callSid, call, polite, sinceNs));
        } else {
            claim(callSid, call);
        }
    }

    /** A lane that has turned since has the call in hand. */
    private void supervise(String callSid, CallAddress call, long census) {
        if (call.lane().census().number() < census) {
            claim(callSid, call);
        }
    }

    private void claim(String callSid, CallAddress call) {
        if (call.latch().claim(HangupReason.OPERATOR, 0)) {
            LOG.warn("lane does not answer, claiming its call for an operator call_sid={}", callSid);
            offer(new HangupCommand(callSid, HangupReason.OPERATOR, call.latch(), call), OFFERS);
        }
    }

    /** A command that was not taken is offered again: the lane that would sweep stands still. */
    private void offer(HangupCommand command, int offers) {
        if (command.latch().state() == HangupLatch.State.CLAIMED && offers > 0) {
            hangups.offer(command);
            after(LANE_ANSWERS_MS, () -> offer(command, offers - 1));
        }
    }

    private void after(long ms, Runnable task) {
        loop.schedule(task, ms, TimeUnit.MILLISECONDS);
    }
}
