package io.ringdown.stress;

import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;

/** What threads ask of a hangup latch. */
public interface Latch {
    boolean claim(HangupReason reason, int response);

    boolean close();

    boolean execute();

    boolean done();

    HangupLatch.State state();

    /** Reason and response of the claim. */
    String claim();

    /** The latch of our calls. No record: Lincheck cannot look into one. */
    final class Ours implements Latch {
        private final HangupLatch latch = new HangupLatch();

        @Override
        public boolean claim(HangupReason reason, int response) {
            return latch.claim(reason, response);
        }

        @Override
        public boolean close() {
            return latch.close();
        }

        @Override
        public boolean execute() {
            return latch.execute();
        }

        @Override
        public boolean done() {
            return latch.done();
        }

        @Override
        public HangupLatch.State state() {
            return latch.state();
        }

        @Override
        public String claim() {
            return latch.reason() + " " + latch.response();
        }
    }
}
