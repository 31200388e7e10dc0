package io.ringdown.stress.broken;

import io.ringdown.engine.lane.CallAddress;
import io.ringdown.stress.Registry;
import java.util.concurrent.ConcurrentHashMap;

/** A concurrent map does not help those who look first and change it afterwards. */
public final class LookThenPutRegistry implements Registry {
    private static final String CALL_SID = "CA1";

    private final ConcurrentHashMap<String, CallAddress> calls = new ConcurrentHashMap<>();

    @Override
    public CallAddress register(CallAddress address) {
        CallAddress replaced = calls.get(CALL_SID);
        calls.put(CALL_SID, address);
        return replaced;
    }

    @Override
    public void remove(CallAddress address) {
        if (address.equals(calls.get(CALL_SID))) {
            calls.remove(CALL_SID);
        }
    }

    @Override
    public CallAddress find() {
        return calls.get(CALL_SID);
    }
}
