package io.ringdown.bridge.admission;

import io.ringdown.engine.lane.CallAddress;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/** Where each started call is, by the carrier's name of it. Any thread. */
public final class CallRegistry {
    private final ConcurrentHashMap<String, CallAddress> calls = new ConcurrentHashMap<>();

    /** Registers a stream of {@code callSid}. Returns the stream it replaces, or null: there is one per call (S24). */
    public CallAddress register(String callSid, CallAddress address) {
        return calls.put(callSid, address);
    }

    /** Forgets the stream, unless another has replaced it. */
    public void remove(String callSid, CallAddress address) {
        calls.remove(callSid, address);
    }

    /** The live stream of {@code callSid}, or null. */
    public CallAddress find(String callSid) {
        return calls.get(callSid);
    }

    /** All live streams, weakly consistent. */
    public Collection<CallAddress> all() {
        return calls.values();
    }
}
