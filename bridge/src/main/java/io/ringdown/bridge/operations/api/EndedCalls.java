package io.ringdown.bridge.operations.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/** The calls that ended last. Lanes tell of them; the operations thread does the rest. */
public final class EndedCalls {
    private static final int KEPT = 100;
    private static final int MOST_AT_ONCE = 4_096;

    private final ManyToOneConcurrentArrayQueue<EndedCall> arrived = new ManyToOneConcurrentArrayQueue<>(MOST_AT_ONCE);
    private final ArrayDeque<EndedCall> kept = new ArrayDeque<>();

    /** Any thread, and it never waits: one that does not fit is not shown. */
    public void add(EndedCall call) {
        arrived.offer(call);
    }

    /** Those that came since this was asked before, oldest first. */
    List<EndedCall> drain() {
        List<EndedCall> news = new ArrayList<>();
        arrived.drain(news::add, MOST_AT_ONCE);
        for (EndedCall call : news) {
            kept.addLast(call);
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
        }
        return news;
    }

    /** Oldest first. */
    List<EndedCall> latest() {
        return List.copyOf(kept);
    }

    Optional<EndedCall> find(String callSid) {
        return kept.stream().filter(call -> call.callSid().equals(callSid)).reduce((older, newer) -> newer);
    }
}
