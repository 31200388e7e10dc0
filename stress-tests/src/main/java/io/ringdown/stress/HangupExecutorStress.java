package io.ringdown.stress;

import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.stress.broken.LookThenTakeHangups;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A hangup offered by its lane's sweep and by the supervisor at once is executed once (S23). */
@JCStressTest
@Outcome(id = "1, DONE", expect = Expect.ACCEPTABLE, desc = "executed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "the carrier asked twice, or never")
@State
public class HangupExecutorStress {
    private final HangupWorker worker = Subject.of(HangupWorker.Ours::new, LookThenTakeHangups::new);
    private final CallAddress call = StagedCall.address();

    public HangupExecutorStress() {
        call.latch().claim(HangupReason.SILENCE_TIMEOUT, 0);
    }

    private void offer() {
        worker.offer(new HangupCommand("CA1", HangupReason.SILENCE_TIMEOUT, call.latch(), call));
    }

    @Actor
    public void lane() {
        offer();
    }

    @Actor
    public void supervisor() {
        offer();
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        r.r1 = worker.executed();
        r.r2 = call.latch().state();
    }
}
