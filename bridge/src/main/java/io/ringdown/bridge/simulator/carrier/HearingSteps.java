package io.ringdown.bridge.simulator.carrier;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** The steps of a script that wait for what the caller hears, one after the other. Event loop only. */
final class HearingSteps {
    private final Iterator<CallerScript.Step> steps;
    private final Playout playout;
    private CallerScript.Step next;
    private int burstBefore; // speech up to this one belongs to the step before

    HearingSteps(CallerScript script, Playout playout) {
        steps = script.hearing().iterator();
        this.playout = playout;
        next = steps.hasNext() ? steps.next() : null;
    }

    /** The action whose moment has come; null as a rule. */
    CallerAction due(long nowNs) {
        if (next == null || playout.burst() == burstBefore || !hasCome(next, nowNs)) {
            return null;
        }
        CallerAction action = next.action();
        burstBefore = playout.burst();
        playout.expectBurst();
        next = steps.hasNext() ? steps.next() : null;
        return action;
    }

    private boolean hasCome(CallerScript.Step step, long nowNs) {
        long silentNs = playout.silentNs(nowNs);
        if (step.moment() == CallerScript.Moment.AFTER_HEARING) {
            return silentNs >= TimeUnit.MILLISECONDS.toNanos(step.ms());
        }
        return silentNs < 0 && playout.burstHeardBytes(nowNs) >= step.ms() * Speech.BYTES_PER_MS;
    }
}
