package io.ringdown.bridge.admission;

import io.ringdown.engine.lane.CallAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

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

    /** Shows every live stream with its callSid, weakly consistent. */
    public void forEach(BiConsumer<String, CallAddress> each) {
        calls.forEach(each);
    }
}
