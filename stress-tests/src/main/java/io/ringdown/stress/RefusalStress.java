package io.ringdown.stress;

import io.ringdown.stress.broken.PlainlyCountedRefusals;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Whom a full ring turns away is told so, and counted. */
@JCStressTest
@Outcome(id = "false, false, 2", expect = Expect.ACCEPTABLE, desc = "both refused, both counted")
@Outcome(expect = Expect.FORBIDDEN, desc = "one of them not counted, or let into the reserve")
@State
public class RefusalStress {
    private final Refusals lane = Subject.of(Refusals.Ours::new, PlainlyCountedRefusals::new);

    @Actor
    public void restWorker(LLL_Result r) {
        r.r1 = lane.tell();
    }

    @Actor
    public void operations(LLL_Result r) {
        r.r2 = lane.tell();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r3 = lane.refused();
    }
}
