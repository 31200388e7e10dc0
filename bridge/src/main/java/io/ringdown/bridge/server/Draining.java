package io.ringdown.bridge.server;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.HangupCommand;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a server's calls: they may finish up to a limit, then each is told to end; and a lane that does not answer has
 * its calls claimed by us, through the same latch. A signal ends the first wait, one more all waiting. Blocks the thread that
 * stops the server.
 */
record Draining(Admission admission, CallRegistry registry, HangupExecutor hangups) {
    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
    private static final long LOOK_MS = 50;

    /** For the carrier to confirm: three tries and their pauses. */
    private static final long CONFIRM_MS = 12_000;

    private static final long LANE_ANSWERS_MS = 2_000;

    void run(long limitMs, Signals signals) throws InterruptedException {
        awaitEmpty(limitMs, signals);
        if (admission.calls() == 0) {
            return;
        }
        LOG.info("ending the {} calls that are left", admission.calls());
        registry.forEach((callSid, call) -> call.tell(event -> event.happened(EventType.SHUT_DOWN)));
        boolean patient = awaitEmpty(LANE_ANSWERS_MS, signals);
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONFIRM_MS);
        while (patient && admission.calls() > 0 && System.nanoTime() < endNs) {
            registry.forEach(this::claim);
            patient = awaitEmpty(LOOK_MS, signals);
        }
    }

    /** Whom the lane has not answered for. A command that was not taken is offered again: nobody else would sweep. */
    private void claim(String callSid, CallAddress call) {
        HangupLatch latch = call.latch();
        if (latch.claim(HangupReason.SHUTDOWN, 0)) {
            LOG.warn("lane does not answer, claiming its call call_sid={}", callSid);
        }
        if (latch.state() == HangupLatch.State.CLAIMED) {
            hangups.offer(new HangupCommand(callSid, latch.reason(), latch, call));
        }
    }

    /** False when a signal cut it short. */
    private boolean awaitEmpty(long limitMs, Signals signals) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (admission.calls() > 0 && System.nanoTime() < endNs) {
            if (signals.await(LOOK_MS)) {
                return false;
            }
        }
        return true;
    }
}
