package io.ringdown.bridge.carrier.twilio;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that the carrier did not sign. Anybody can send them, as fast as they like, and a full log is waited for: so they
 * are spoken of once a second, for the whole process. Any thread.
 */
final class Unsigned {
    private static final Logger LOG = LoggerFactory.getLogger(Unsigned.class);
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Unsigned ALL = new Unsigned(SystemNanoClock.INSTANCE);

    private final NanoClock clock;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong saidNs;

    Unsigned(NanoClock clock) {
        this.clock = clock;
        saidNs = new AtomicLong(clock.nanoTime() - PERIOD_NS);
    }

    /** @param what was asked for, in a word */
    static void refused(String what) {
        long times = ALL.count();
        if (times > 0) {
            LOG.warn(
                    "{} refused: not signed by the carrier for this public URL, {} times since last said", what, times);
        }
    }

    /** Counts one more. Returns how many came since the last line if another is due now, 0 if not. */
    long count() {
        unsaid.incrementAndGet();
        long nowNs = clock.nanoTime();
        long lastNs = saidNs.get();
        boolean due = nowNs - lastNs >= PERIOD_NS && saidNs.compareAndSet(lastNs, nowNs);
        return due ? unsaid.getAndSet(0) : 0;
    }
}
