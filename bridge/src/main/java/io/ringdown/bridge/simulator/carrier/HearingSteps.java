package io.ringdown.bridge.simulator.carrier;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The steps of a script that wait for what the caller hears, one after the other. Event loop only.
 *
 * <p>Silence counts only while the process runs. Where the whole machine stands still for a second, so do the model and the
 * server, and a caller who took that for the end of an answer would speak into the middle of it.
 */
final class HearingSteps {
    /** A tick that took longer was held up. */
    private static final long LONGEST_TICK_NS = TimeUnit.MILLISECONDS.toNanos(2 * Speech.FRAME_MS);

    private final Iterator<CallerScript.Step> steps;
    private final Playout playout;
    private final BooleanSupplier talking;
    private long tickNs; // when the last one was
    private long silentNs; // of ticks, since the last sample heard
    private CallerScript.Step next;
    private int burstTaken; // speech up to this one belongs to the step before

    /** {@code talking} says whether the caller has words left: who speaks does nothing else, and hears no silence. */
    HearingSteps(CallerScript script, Playout playout, BooleanSupplier talking) {
        steps = script.hearing().iterator();
        this.playout = playout;
        this.talking = talking;
        next = steps.hasNext() ? steps.next() : null;
    }

    /** Asked at every tick: the action whose moment has come; null as a rule. */
    CallerAction due(long nowNs) {
        listen(nowNs);
        if (next == null || talking.getAsBoolean() || playout.burst() <= burstBefore() || !hasCome(next, nowNs)) {
            return null;
        }
        CallerAction action = next.action();
        burstTaken = playout.burst();
        playout.expectBurst();
        next = steps.hasNext() ? steps.next() : null;
        return action;
    }

    private void listen(long nowNs) {
        long tookNs = Math.min(nowNs - tickNs, LONGEST_TICK_NS);
        boolean silent = playout.silentNs(nowNs) >= 0 && !talking.getAsBoolean();
        silentNs = silent ? Math.min(silentNs + tookNs, playout.silentNs(nowNs)) : 0;
        tickNs = nowNs;
    }

    private int burstBefore() {
        return Math.max(burstTaken, playout.clearedBurst());
    }

    private boolean hasCome(CallerScript.Step step, long nowNs) {
        if (step.moment() == CallerScript.Moment.AFTER_HEARING) {
            return silentNs >= TimeUnit.MILLISECONDS.toNanos(step.ms());
        }
        return playout.silentNs(nowNs) < 0 && playout.burstHeardBytes(nowNs) >= step.ms() * Speech.BYTES_PER_MS;
    }
}
