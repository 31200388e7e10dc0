package io.ringdown.stress;

import io.ringdown.stress.broken.JoinWithoutARing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@code audio.done} and {@code transcript.done} join to exactly one hangup, however they come: zero is forbidden as firmly
 * as two. In our server both come from the model's leg, on the lane's own thread; the ring does not depend on that.
 */
public class GoodbyeStress {
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "hung up once")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "a goodbye, and the call goes on for ever")
    @Outcome(expect = Expect.FORBIDDEN, desc = "hung up more than once")
    @State
    public static class PublishedAtOnce {
        private final Goodbye goodbye = Subject.of(Goodbye.Ours::new, JoinWithoutARing::new);

        @Actor
        public void audio() {
            goodbye.audioDone();
        }

        @Actor
        public void transcript() {
            goodbye.transcriptDone();
        }

        @Arbiter
        public void lane(I_Result r) {
            goodbye.playOut();
            r.r1 = goodbye.commands();
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "hung up once")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "a goodbye, and the call goes on for ever")
    @Outcome(expect = Expect.FORBIDDEN, desc = "hung up more than once")
    @State
    public static class PublishedWhileTheLaneDrains {
        private final Goodbye goodbye = Subject.of(Goodbye.Ours::new, JoinWithoutARing::new);

        @Actor
        public void audio() {
            goodbye.audioDone();
        }

        @Actor
        public void lane() {
            goodbye.transcriptDone();
            goodbye.playOut();
        }

        @Arbiter
        public void afterwards(I_Result r) {
            goodbye.playOut();
            r.r1 = goodbye.commands();
        }
    }
}
