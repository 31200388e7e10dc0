package io.ringdown.stress;

import io.ringdown.stress.broken.CountedPlaces;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Never more calls than places, and nobody is let in behind the back of whoever drains (S46). */
public class AdmissionStress {
    @JCStressTest
    @Outcome(id = "true, false, 1 in 1 refused", expect = Expect.ACCEPTABLE, desc = "the first lane has the place")
    @Outcome(id = "false, true, 1 in 1 refused", expect = Expect.ACCEPTABLE, desc = "the second lane has the place")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two calls in one place, none in it, or one not counted")
    @State
    public static class LastPlace {
        private final Places places = Subject.of(() -> new Places.Ours(1), () -> new CountedPlaces(1));

        @Actor
        public void firstLane(LLL_Result r) {
            r.r1 = places.enter();
        }

        @Actor
        public void secondLane(LLL_Result r) {
            r.r2 = places.enter();
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = places.calls() + " in " + places.refused() + " refused";
        }
    }

    @JCStressTest
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "one came and one went")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a place lost for ever, or made out of nothing")
    @State
    public static class OneComesAndOneGoes {
        private final Places places = Subject.of(() -> new Places.Ours(2), () -> new CountedPlaces(2));

        public OneComesAndOneGoes() {
            places.enter();
        }

        @Actor
        public void firstLane() {
            places.leave();
        }

        @Actor
        public void secondLane(LL_Result r) {
            r.r1 = places.enter();
        }

        @Arbiter
        public void afterwards(LL_Result r) {
            r.r2 = places.calls();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 1, 1", expect = Expect.ACCEPTABLE, desc = "let in before, and waited for")
    @Outcome(id = "false, 0, 0", expect = Expect.ACCEPTABLE, desc = "refused")
    @Outcome(id = "false, 1, 0", expect = Expect.ACCEPTABLE, desc = "let in, asked again, and out")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a call that nobody waits for")
    @State
    public static class EnterAgainstDrain {
        private final Places places = Subject.of(() -> new Places.Ours(1), () -> new CountedPlaces(1));

        @Actor
        public void lane(LLL_Result r) {
            r.r1 = places.enter();
        }

        @Actor
        public void supervisor(LLL_Result r) {
            places.drain();
            r.r2 = places.calls();
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = places.calls();
        }
    }
}
