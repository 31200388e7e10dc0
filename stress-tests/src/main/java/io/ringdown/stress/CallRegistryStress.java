package io.ringdown.stress;

import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.stress.broken.LookThenPutRegistry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** One stream per call: of two, the later is found and the earlier is told (S24). */
public class CallRegistryStress {
    private static final CallAddress FIRST = new CallAddress(null, 1, 1, new HangupLatch());
    private static final CallAddress SECOND = new CallAddress(null, 2, 1, new HangupLatch());

    private static String name(CallAddress address) {
        if (address == null) {
            return "nobody";
        }
        return address == FIRST ? "first" : "second";
    }

    @JCStressTest
    @Outcome(id = "nobody, first, second", expect = Expect.ACCEPTABLE, desc = "the second replaced the first")
    @Outcome(id = "second, nobody, first", expect = Expect.ACCEPTABLE, desc = "the first replaced the second")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two streams of one call, and neither is told to give way")
    @State
    public static class TwoStreams {
        private final Registry registry = Subject.of(Registry.Ours::new, LookThenPutRegistry::new);

        @Actor
        public void firstLane(LLL_Result r) {
            r.r1 = name(registry.register(FIRST));
        }

        @Actor
        public void secondLane(LLL_Result r) {
            r.r2 = name(registry.register(SECOND));
        }

        @Arbiter
        public void afterwards(LLL_Result r) {
            r.r3 = name(registry.find());
        }
    }

    @JCStressTest
    @Outcome(id = "second", expect = Expect.ACCEPTABLE, desc = "the live stream is found")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the old stream's end took the new one with it")
    @State
    public static class EndOfTheReplaced {
        private final Registry registry = Subject.of(Registry.Ours::new, LookThenPutRegistry::new);

        public EndOfTheReplaced() {
            registry.register(FIRST);
        }

        @Actor
        public void firstLane() {
            registry.remove(FIRST);
        }

        @Actor
        public void secondLane() {
            registry.register(SECOND);
        }

        @Arbiter
        public void afterwards(L_Result r) {
            r.r1 = name(registry.find());
        }
    }
}
