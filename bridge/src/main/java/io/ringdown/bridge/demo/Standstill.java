package io.ringdown.bridge.demo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long at a stretch the machine did not let this process run: a thread that only naps looks how late it wakes. Where
 * everybody in a call stood still at once, how it ended proves nothing.
 */
final class Standstill implements AutoCloseable {
    private static final long NAP_MS = 10;

    private final AtomicLong longestNs = new AtomicLong();
    private final Thread watch = new Thread(this::watch, "standstill");

    private Standstill() {
        watch.setDaemon(true);
    }

    /** Watches until it is closed. */
    static Standstill begin() {
        Standstill standstill = new Standstill();
        standstill.watch.start();
        return standstill;
    }

    private void watch() {
        long lastNs = System.nanoTime();
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(NAP_MS);
                long nowNs = System.nanoTime();
                longestNs.accumulateAndGet(nowNs - lastNs, Math::max);
                lastNs = nowNs;
            }
        } catch (InterruptedException closed) {
            longestNs.accumulateAndGet(System.nanoTime() - lastNs, Math::max);
        }
    }

    /** The longest so far. Any thread. */
    long longestMs() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(longestNs.get()) - NAP_MS);
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
