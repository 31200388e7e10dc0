package io.ringdown.stress;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.stress.broken.TornRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** What is published to a lane is drained once, whole, in the order of its publisher, or was refused. */
public class EventRingStress {
    private static Ring tiny() {
        return Subject.of(() -> new Ring.Ours(Ring.SLOTS), () -> new TornRing(Ring.SLOTS));
    }

    static void fill(CallEvent event, int number) {
        event.audioDone("resp", "item", number);
    }

    /** The event's number, or what it was torn into. */
    static String read(CallEvent event) {
        boolean whole = "AUDIO_DONE".equals(String.valueOf(event.type()))
                && "resp".equals(event.responseId())
                && "item".equals(event.itemId());
        return whole ? event.contentIndex() + "," : "torn " + event + ",";
    }

    private static String drain(Ring ring) {
        StringBuilder drained = new StringBuilder();
        ring.drain(event -> drained.append(read(event)));
        return drained.isEmpty() ? "nothing" : drained.toString();
    }

    @JCStressTest
    @Outcome(id = "nothing, 1,2,", expect = Expect.ACCEPTABLE, desc = "drained before publication")
    @Outcome(id = "1,, 2,", expect = Expect.ACCEPTABLE, desc = "drained between the two, the first whole")
    @Outcome(id = "1,2,, nothing", expect = Expect.ACCEPTABLE, desc = "drained behind the two, both whole and in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a torn event, or one lost, drained twice or overtaken")
    @State
    public static class SeenWholeAndInOrder {
        private final Ring ring = tiny();

        @Actor
        public void restWorker() {
            ring.tellFromOutside(event -> fill(event, 1));
            ring.tellFromOutside(event -> fill(event, 2));
        }

        @Actor
        public void lane(LL_Result r) {
            r.r1 = drain(ring);
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            r.r2 = drain(ring);
        }
    }

    @JCStressTest
    @Outcome(id = "true, true, 1,2,", expect = Expect.ACCEPTABLE, desc = "the worker claimed first")
    @Outcome(id = "true, true, 2,1,", expect = Expect.ACCEPTABLE, desc = "the operator claimed first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one slot for two, an event lost or torn")
    @State
    public static class TwoPublishers {
        private final Ring ring = tiny();

        @Actor
        public void restWorker(LLL_Result r) {
            r.r1 = ring.tellFromOutside(event -> fill(event, 1));
        }

        @Actor
        public void operations(LLL_Result r) {
            r.r2 = ring.tellFromOutside(event -> fill(event, 2));
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = drain(ring);
        }
    }

    @JCStressTest
    @Outcome(id = "true, true, 8,9,1,2,", expect = Expect.ACCEPTABLE, desc = "room for both, the worker first")
    @Outcome(id = "true, true, 8,9,2,1,", expect = Expect.ACCEPTABLE, desc = "room for both, the lane first")
    @Outcome(
            id = "false, true, 8,9,2,",
            expect = Expect.ACCEPTABLE,
            desc = "the lane was first: what is left is its reserve, and the worker is refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the lane refused in its reserve, an event lost, overwritten or torn")
    @State
    public static class FullRing {
        private final Ring ring = tiny();

        public FullRing() {
            ring.tell(event -> fill(event, 8));
            ring.tell(event -> fill(event, 9));
        }

        @Actor
        public void restWorker(LLL_Result r) {
            r.r1 = ring.tellFromOutside(event -> fill(event, 1));
        }

        @Actor
        public void lane(LLL_Result r) {
            r.r2 = ring.tell(event -> fill(event, 2));
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = drain(ring);
        }
    }
}
