package io.ringdown.bridge.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many calls each agent has, so that none has more than it may. A place is taken when a stream starts and given back once,
 * when nothing is left of the stream; it outlives a change of the agent's cap. A stream that replaces another of its call
 * shares its place (S24). Any thread; held for a few instructions.
 */
public final class AgentPlaces {
    /** Of every agent that ever took a call, which are no more than were ever configured: its calls, and the streams of each. */
    private final ConcurrentHashMap<String, Map<String, Integer>> agents = new ConcurrentHashMap<>();

    /** Takes a place for a stream; the caller must give it back by {@link #leave}. False when the agent has {@code cap} calls. */
    public boolean enter(String agent, String callSid, int cap) {
        Map<String, Integer> calls = callsOf(agent);
        synchronized (calls) {
            if (!hasRoom(calls, callSid, cap)) {
                return false;
            }
            calls.merge(callSid, 1, Integer::sum);
            return true;
        }
    }

    /** Whether a stream of the call would get a place now. */
    public boolean hasRoom(String agent, String callSid, int cap) {
        Map<String, Integer> calls = callsOf(agent);
        synchronized (calls) {
            return hasRoom(calls, callSid, cap);
        }
    }

    /** Gives a place back. Throws IllegalStateException, and changes nothing, when the call has none. */
    public void leave(String agent, String callSid) {
        Map<String, Integer> calls = callsOf(agent);
        synchronized (calls) {
            if (!calls.containsKey(callSid)) {
                throw new IllegalStateException(
                        "more streams left than entered: agent=%s call_sid=%s".formatted(agent, callSid));
            }
            calls.computeIfPresent(callSid, (sid, streams) -> streams == 1 ? null : streams - 1);
        }
    }

    private Map<String, Integer> callsOf(String agent) {
        return agents.computeIfAbsent(agent, any -> new HashMap<>());
    }

    private static boolean hasRoom(Map<String, Integer> calls, String callSid, int cap) {
        return calls.size() < cap || calls.containsKey(callSid);
    }
}
