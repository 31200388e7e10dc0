package io.ringdown.bridge.server;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.admission.DrainProgress;
import io.ringdown.bridge.admission.DrainProgress.Stage;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.HangupCommand;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a server's calls, and no way back: nobody new is answered; live calls may finish up to a limit, then they are
 * told goodbye, and at last hung up. A lane that does not answer has its calls claimed by us, through the same latch. On a
 * thread of its own; any thread begins, hurries and looks on.
 */
final class Draining {
    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
    private static final long LOOK_MS = 50;
    private static final long TELL_MS = 5_000;

    /** A shipped farewell is 2 s; a goodbye of the model or a recording of somebody's own may be long. */
    private static final long FAREWELL_MS = 30_000;

    private static final long LANE_ANSWERS_MS = 2_000;

    /** For the carrier to confirm: three tries and their pauses. */
    private static final long CONFIRM_MS = 12_000;

    private final Admission admission;
    private final CallRegistry registry;
    private final HangupExecutor hangups;
    private final IntSupplier deadCalls;
    private final long limitMs;

    private final AtomicBoolean begun = new AtomicBoolean();
    private final Semaphore hurries = new Semaphore(0);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long begunNs;
    private volatile Instant since;
    private volatile Stage stage; // null before it begins
    private long toldNs; // drain thread only

    /** {@code deadCalls} counts the calls of lanes that died: nobody will give their places back. */
    Draining(Admission admission, CallRegistry registry, HangupExecutor hangups, IntSupplier deadCalls, long limitMs) {
        this.admission = admission;
        this.registry = registry;
        this.hangups = hangups;
        this.deadCalls = deadCalls;
        this.limitMs = limitMs;
    }

    /** Begins, and returns at once. False when it had begun before. */
    boolean begin() {
        if (!begun.compareAndSet(false, true)) {
            return false;
        }
        admission.turnAway();
        since = Instant.now();
        begunNs = System.nanoTime();
        stage = Stage.FINISHING;
        Thread thread = new Thread(this::run, "drain");
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    /** The first time, calls are hung up now; the second time nothing is waited for any more. */
    void hurry() {
        hurries.release();
    }

    /** True once no call is left, or none that could be waited for. */
    boolean awaitDone(long timeoutMs) throws InterruptedException {
        return done.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Empty before it begins. */
    Optional<DrainProgress> progress() {
        Stage now = stage;
        return now == null
                ? Optional.empty()
                : Optional.of(new DrainProgress(now, since, callsLeft(), now == Stage.FINISHING ? msToLimit() : 0));
    }

    private long msToLimit() {
        return Math.max(0, limitMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs));
    }

    private int callsLeft() {
        return Math.max(0, admission.calls() - deadCalls.getAsInt());
    }

    private void run() {
        try {
            LOG.info("draining: no new calls, {} live", callsLeft());
            boolean patient = awaitEmpty(limitMs) && awaitAnswered();
            admission.drain();
            if (patient && callsLeft() > 0) {
                patient = farewell();
            }
            if (callsLeft() > 0) {
                end();
            }
            LOG.info("drained, {} calls left", callsLeft());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stage = Stage.DONE;
            done.countDown();
        }
    }

    private boolean farewell() throws InterruptedException {
        stage = Stage.FAREWELL;
        LOG.info("draining: the limit has come, {} calls are told goodbye", callsLeft());
        Set<CallAddress> told = new HashSet<>();
        return untilEmpty(FAREWELL_MS, (callSid, call) -> farewell(call, told));
    }

    /** Whom a full ring kept from hearing it is told again. */
    private static void farewell(CallAddress call, Set<CallAddress> told) {
        if (!told.contains(call) && call.tell(event -> event.shutDown(true))) {
            told.add(call);
        }
    }

    private void end() throws InterruptedException {
        stage = Stage.ENDING;
        LOG.info("draining: ending the {} calls that are left", callsLeft());
        registry.forEach((callSid, call) -> call.tell(event -> event.shutDown(false)));
        if (awaitEmpty(LANE_ANSWERS_MS)) {
            untilEmpty(CONFIRM_MS, this::claim);
        }
    }

    /** Asks again of whoever is left, until nobody is. False when somebody was in a hurry. */
    private boolean untilEmpty(long timeoutMs, BiConsumer<String, CallAddress> ask) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        boolean patient = true;
        while (patient && callsLeft() > 0 && System.nanoTime() < endNs) {
            registry.forEach(ask);
            patient = awaitEmpty(LOOK_MS);
        }
        return patient;
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

    /** False when somebody was in a hurry. */
    private boolean awaitEmpty(long timeoutMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (isAnybodyLeft() && System.nanoTime() < endNs) {
            tell();
            if (hurries.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Whoever was answered just before may still come in, however short the limit is. False when somebody was in a hurry. */
    private boolean awaitAnswered() throws InterruptedException {
        while (admission.isAwaiting()) {
            if (hurries.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Whoever was answered just before may still come in; from then on nobody may. */
    private boolean isAnybodyLeft() {
        boolean awaiting = admission.isAwaiting();
        if (!awaiting) {
            admission.drain();
        }
        return awaiting || callsLeft() > 0;
    }

    private void tell() {
        long nowNs = System.nanoTime();
        if (toldNs == 0) {
            toldNs = nowNs;
        } else if (nowNs - toldNs >= TimeUnit.MILLISECONDS.toNanos(TELL_MS)) {
            toldNs = nowNs;
            if (stage == Stage.FINISHING) {
                long toLimitS = TimeUnit.MILLISECONDS.toSeconds(msToLimit());
                LOG.info("draining: {} calls left, {} s to the limit", callsLeft(), toLimitS);
            } else {
                LOG.info("draining: {} calls left", callsLeft());
            }
        }
    }
}
