package io.ringdown.bridge.net;

import io.ringdown.engine.lane.Lane;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;

/**
 * What a lane's thread asks of its lane.
 *
 * @param agent the lane's turn
 * @param hasWork whether published or deferred work waits; any thread
 * @param nextDeadlineNs when the next timer is due, {@code Long.MAX_VALUE} if none; lane only
 * @param parkedUntil is told, just before, until when it is about to park at the most; lane only
 * @param calls how many live there; any thread
 * @param turned is told what each turn found and how long it took
 */
record LaneFace(
        Agent agent,
        BooleanSupplier hasWork,
        LongSupplier nextDeadlineNs,
        LongConsumer parkedUntil,
        IntSupplier calls,
        Turned turned) {
    /** Hears of each turn. Lane only. */
    @FunctionalInterface
    interface Turned {
        void turned(int work, long tookNs);
    }

    static LaneFace of(Lane lane) {
        return new LaneFace(
                lane, lane::hasWork, lane::nextDeadlineNs, lane.lateness()::parkedUntil, lane::calls, lane::turned);
    }
}
