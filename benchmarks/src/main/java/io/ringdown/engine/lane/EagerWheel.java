package io.ringdown.engine.lane; // beside what it is compared with

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;

/** The lane's wheel, with every timer moved as soon as its deadline does. One thread. */
final class EagerWheel {
    private static final long NONE = -1;

    private final DeadlineTimerWheel wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, 1 << 20, 1_024, 4);
    private final DeadlineTimerWheel.TimerHandler handler = this::onExpiry;
    private final Long2LongHashMap calls = new Long2LongHashMap(NONE);
    private final long[] ids;
    private int fired;

    EagerWheel(int calls) {
        ids = new long[calls];
        Arrays.fill(ids, NONE);
    }

    void move(int call, long dueNs) {
        if (ids[call] != NONE) {
            wheel.cancelTimer(ids[call]);
            calls.remove(ids[call]);
        }
        ids[call] = wheel.scheduleTimer(dueNs);
        calls.put(ids[call], call);
    }

    int fire(long nowNs) {
        fired = 0;
        long tickEndNs;
        do {
            tickEndNs = wheel.currentTickTime();
            wheel.poll(nowNs, handler, Integer.MAX_VALUE);
        } while (tickEndNs <= nowNs);
        return fired;
    }

    private boolean onExpiry(TimeUnit unit, long nowNs, long timerId) {
        ids[(int) calls.remove(timerId)] = NONE;
        fired++;
        return true;
    }
}
