package io.ringdown.stress;

import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.stress.broken.CheckThenActLatch;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Three threads at one latch: every interleaving of their steps has the outcome of some order of theirs. */
class HangupLatchLincheckTest {
    @Test
    void shouldBeMovedInOneOrderByThreeThreads() {
        ModelChecking.threeThreads().check(Ours.class);
    }

    @Test
    void shouldSeeThatTheBrokenTwinIsMovedTwice() {
        ModelChecking.assertCaught(Broken.class, Ours.class);
    }

    public static class Ours extends Steps {
        public Ours() {
            super(new Latch.Ours());
        }
    }

    public static class Broken extends Steps {
        public Broken() {
            super(new CheckThenActLatch());
        }
    }

    /** What the threads around a latch do. */
    public abstract static class Steps {
        private final Latch latch;

        Steps(Latch latch) {
            this.latch = latch;
        }

        @Operation
        public boolean claimForTheLane() {
            return latch.claim(HangupReason.SILENCE_TIMEOUT, 7);
        }

        @Operation
        public boolean claimForTheSupervisor() {
            return latch.claim(HangupReason.SHUTDOWN, 0);
        }

        @Operation
        public boolean close() {
            return latch.close();
        }

        @Operation
        public boolean execute() {
            return latch.execute();
        }

        @Operation
        public boolean done() {
            return latch.done();
        }

        @Operation
        public HangupLatch.State state() {
            return latch.state();
        }
    }
}
