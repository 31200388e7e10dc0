package io.ringdown.stress;

import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.engine.lane.CallAddress;

/** What lanes ask of the registry, for one callSid. */
public interface Registry {
    CallAddress register(CallAddress address);

    void remove(CallAddress address);

    CallAddress find();

    /** Our registry. */
    record Ours(CallRegistry registry) implements Registry {
        private static final String CALL_SID = "CA1";

        public Ours() {
            this(new CallRegistry());
        }

        @Override
        public CallAddress register(CallAddress address) {
            return registry.register(CALL_SID, address);
        }

        @Override
        public void remove(CallAddress address) {
            registry.remove(CALL_SID, address);
        }

        @Override
        public CallAddress find() {
            return registry.find(CALL_SID);
        }
    }
}
