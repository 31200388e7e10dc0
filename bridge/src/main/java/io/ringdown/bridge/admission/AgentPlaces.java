package io.ringdown.bridge.admission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls each agent has, so that none has more than it may. A place is taken when a stream starts and given back once,
 * when nothing is left of the call; it outlives a change of the agent's cap. Any thread.
 */
public final class AgentPlaces {
    /** Every agent that ever took a call: no more than were ever configured. */
    private final ConcurrentHashMap<String, AtomicInteger> taken = new ConcurrentHashMap<>();

    /** Takes a place; the caller must give it back by {@link #leave}. False when the agent has {@code cap} calls. */
    public boolean enter(String agent, int cap) {
        AtomicInteger calls = taken.computeIfAbsent(agent, any -> new AtomicInteger());
        return calls.getAndUpdate(before -> before < cap ? before + 1 : before) < cap;
    }

    /** Gives a place back. Throws IllegalStateException, and changes nothing, when none is taken. */
    public void leave(String agent) {
        AtomicInteger calls = taken.get(agent);
        if (calls == null || calls.getAndUpdate(before -> Math.max(0, before - 1)) == 0) {
            throw new IllegalStateException("more calls left than entered: agent=" + agent);
        }
    }

    /** Places taken. */
    public int calls(String agent) {
        AtomicInteger calls = taken.get(agent);
        return calls == null ? 0 : calls.get();
    }
}
