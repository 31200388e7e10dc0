package io.ringdown.bridge.wire;

import java.util.concurrent.atomic.AtomicInteger;

/** How many documents went which way, so that a check which checks nothing is seen. */
public final class Tally {
    private final AtomicInteger fast = new AtomicInteger();
    private final AtomicInteger fellBack = new AtomicInteger();
    private final AtomicInteger fellBackMeaningful = new AtomicInteger();

    void count(Conversation.Heard heard) {
        (heard.fast() ? fast : fellBack).incrementAndGet();
        if (!heard.fast() && !heard.meaning().isEmpty()) {
            fellBackMeaningful.incrementAndGet();
        }
    }

    public int documents() {
        return fast() + fellBack();
    }

    public int fast() {
        return fast.get();
    }

    public int fellBack() {
        return fellBack.get();
    }

    /** Those which the full parser found to be audio or a mark. */
    public int fellBackMeaningful() {
        return fellBackMeaningful.get();
    }

    @Override
    public String toString() {
        return documents() + " documents: " + fast + " by the fast path, " + fellBack + " fell back, of which "
                + fellBackMeaningful + " meant something";
    }
}
