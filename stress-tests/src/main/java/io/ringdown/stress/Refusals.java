package io.ringdown.stress;

import io.ringdown.engine.call.EventType;

/** A call whose lane has no room for other threads. */
public interface Refusals {
    /** Any thread. */
    boolean tell();

    /** How many were turned away. */
    long refused();

    /** A call of a real lane with a full ring. */
    record Ours(StagedCall call) implements Refusals {
        public Ours() {
            this(new StagedCall());
            for (int room = Ring.SLOTS - 1; room > 0; room--) {
                call.tell(event -> event.digitPressed("1"));
            }
        }

        @Override
        public boolean tell() {
            return call.tell(event -> event.happened(EventType.SHUT_DOWN));
        }

        @Override
        public long refused() {
            return call.refused();
        }
    }
}
