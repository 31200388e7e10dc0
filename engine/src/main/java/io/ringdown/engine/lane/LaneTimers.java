package io.ringdown.engine.lane;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * One timer a call, for the earliest thing it waits for. A timer that was set too early fires in vain, which costs less
 * than moving it at every event. Lane only.
 */
final class LaneTimers {
    /** The one timer of a call. */
    static final class Timer {
        private long id;
        long dueNs = Call.NEVER;
    }

    private static final long TICK_NS = 1 << 20;
    private static final int TICKS = 1_024;
    private static final int TIMERS_PER_TICK = 4;

    /** From here on, looking for the next timer is less work than looking at every tick. */
    private static final long FAR_BEHIND_NS = 16 * TICK_NS;

    private final DeadlineTimerWheel wheel;

    /** An id is forgotten as it fires: the wheel gives it to somebody else. */
    private final Long2ObjectHashMap<Call> calls = new Long2ObjectHashMap<>();

    private final DeadlineTimerWheel.TimerHandler handler = this::onExpiry;
    private Consumer<Call> due;
    private int fired;
    private long earliestNs = Call.NEVER;
    private boolean earliestKnown = true;

    LaneTimers(long nowNs) {
        wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, nowNs, TICK_NS, TICKS, TIMERS_PER_TICK);
    }

    /** Sees to it that the call is served at {@code dueNs} or before. */
    void schedule(Call call, long dueNs) {
        if (dueNs >= call.timer.dueNs) {
            return;
        }
        cancel(call);
        long id = wheel.scheduleTimer(dueNs);
        calls.put(id, call);
        call.timer.id = id;
        call.timer.dueNs = dueNs;
        if (dueNs <= earliestNs) {
            earliestNs = dueNs;
        }
    }

    void cancel(Call call) {
        if (call.timer.dueNs != Call.NEVER) {
            wheel.cancelTimer(call.timer.id);
            calls.remove(call.timer.id);
            forget(call);
        }
    }

    private void forget(Call call) {
        earliestKnown &= call.timer.dueNs > earliestNs;
        call.timer.dueNs = Call.NEVER;
    }

    /** Hands every call whose timer is due to {@code due}. Returns how many. */
    int fire(long nowNs, Consumer<Call> due) {
        this.due = due;
        fired = 0;
        long tickEndNs;
        do { // a poll looks at one tick, and moves on if that is over
            if (nowNs - wheel.currentTickTime() >= FAR_BEHIND_NS) { // hours may have passed
                wheel.currentTickTime(Math.min(nowNs, nextNs()));
            }
            tickEndNs = wheel.currentTickTime();
            wheel.poll(nowNs, handler, Integer.MAX_VALUE);
        } while (tickEndNs <= nowNs);
        return fired;
    }

    private boolean onExpiry(TimeUnit unit, long nowNs, long timerId) {
        Call call = calls.remove(timerId);
        forget(call);
        fired++;
        due.accept(call);
        return true;
    }

    /** When the next timer is due; {@link Call#NEVER} if none is set. */
    long nextNs() {
        if (!earliestKnown) {
            earliestNs = Call.NEVER;
            for (Call call : calls.values()) {
                earliestNs = Math.min(earliestNs, call.timer.dueNs);
            }
            earliestKnown = true;
        }
        return earliestNs;
    }
}
