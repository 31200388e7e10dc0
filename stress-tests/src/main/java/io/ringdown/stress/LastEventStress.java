package io.ringdown.stress;

import io.ringdown.stress.broken.LastEventWithoutALatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The last event of a goodbye against whoever else decides about the call at that moment. */
public class LastEventStress {
    @JCStressTest
    @Outcome(id = "1, false", expect = Expect.ACCEPTABLE, desc = "the goodbye was heard first: hung up, once")
    @Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "the caller spoke first: the call goes on")
    @Outcome(
            id = "0, false",
            expect = Expect.FORBIDDEN,
            desc = "neither: the call goes on, and nobody attends to the caller")
    @Outcome(expect = Expect.FORBIDDEN, desc = "hung up on a caller whose words were taken, or twice")
    @State
    public static class AgainstBargeIn {
        private final LastEvent goodbye = Subject.of(LastEvent.Ours::new, LastEventWithoutALatch::new);

        @Actor
        public void model() {
            goodbye.speechStarted();
        }

        @Actor
        public void lane() {
            goodbye.heard();
        }

        @Arbiter
        public void afterwards(IZ_Result r) {
            goodbye.heard();
            r.r1 = goodbye.executed();
            r.r2 = goodbye.isTakenBack();
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "hung up once, by whoever was first")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "each left it to the other")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the carrier asked twice")
    @State
    public static class AgainstTheSupervisor {
        private final LastEvent goodbye = Subject.of(LastEvent.Ours::new, LastEventWithoutALatch::new);

        @Actor
        public void supervisor() {
            goodbye.shutDown();
        }

        @Actor
        public void lane() {
            goodbye.heard();
        }

        @Arbiter
        public void afterwards(I_Result r) {
            goodbye.heard();
            r.r1 = goodbye.executed();
        }
    }
}
