package io.ringdown.stress;

import io.ringdown.engine.call.HangupReason;
import io.ringdown.stress.broken.CheckThenActLatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A call is hung up once: whoever moves the latch first decides, and whoever executes that sees all of it (S23). */
public class HangupLatchStress {
    @JCStressTest
    @Outcome(id = "true, false, SHUTDOWN 0", expect = Expect.ACCEPTABLE, desc = "the supervisor claimed first")
    @Outcome(id = "false, true, END_CALL_TOOL 7", expect = Expect.ACCEPTABLE, desc = "the lane claimed first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two hangups, none, or one with another's reason")
    @State
    public static class TwoClaims {
        private final Latch latch = Subject.of(Latch.Ours::new, CheckThenActLatch::new);

        @Actor
        public void supervisor(LLL_Result r) {
            r.r1 = latch.claim(HangupReason.SHUTDOWN, 0);
        }

        @Actor
        public void lane(LLL_Result r) {
            r.r2 = latch.claim(HangupReason.END_CALL_TOOL, 7);
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = latch.claim();
        }
    }

    @JCStressTest
    @Outcome(id = "true, false, CLAIMED", expect = Expect.ACCEPTABLE, desc = "the claim came first: the end is ours")
    @Outcome(
            id = "false, true, CLOSED",
            expect = Expect.ACCEPTABLE,
            desc = "the caller hung up first: nobody is hung up on")
    @Outcome(expect = Expect.FORBIDDEN, desc = "hung up on and gone, or neither")
    @State
    public static class ClaimAgainstClose {
        private final Latch latch = Subject.of(Latch.Ours::new, CheckThenActLatch::new);

        @Actor
        public void supervisor(LLL_Result r) {
            r.r1 = latch.claim(HangupReason.OPERATOR, 0);
        }

        @Actor
        public void lane(LLL_Result r) {
            r.r2 = latch.close();
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = latch.state();
        }
    }

    @JCStressTest
    @Outcome(
            id = "nothing, CLAIMED",
            expect = Expect.ACCEPTABLE,
            desc = "looked before the claim: a sweep comes back to it")
    @Outcome(
            id = "VOICEMAIL 7, DONE",
            expect = Expect.ACCEPTABLE,
            desc = "executed with the claim's own reason and response")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a torn claim, or one that was executed and is not done")
    @State
    public static class ClaimSeenWhole {
        private final Latch latch = Subject.of(Latch.Ours::new, CheckThenActLatch::new);

        @Actor
        public void lane() {
            latch.claim(HangupReason.VOICEMAIL, 7);
        }

        @Actor
        public void restWorker(LL_Result r) {
            r.r1 = "nothing";
            if (latch.execute()) {
                r.r1 = latch.claim();
                latch.done();
            }
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            r.r2 = latch.state();
        }
    }

    @JCStressTest
    @Outcome(id = "true, false, DONE", expect = Expect.ACCEPTABLE, desc = "the first worker took the command")
    @Outcome(id = "false, true, DONE", expect = Expect.ACCEPTABLE, desc = "the second worker took the command")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one command executed twice, or never")
    @State
    public static class OneCommandTakenTwice {
        private final Latch latch = Subject.of(Latch.Ours::new, CheckThenActLatch::new);

        public OneCommandTakenTwice() {
            latch.claim(HangupReason.SILENCE_TIMEOUT, 0);
        }

        @Actor
        public void firstWorker(LLL_Result r) {
            r.r1 = latch.execute() && latch.done();
        }

        @Actor
        public void secondWorker(LLL_Result r) {
            r.r2 = latch.execute() && latch.done();
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = latch.state();
        }
    }
}
