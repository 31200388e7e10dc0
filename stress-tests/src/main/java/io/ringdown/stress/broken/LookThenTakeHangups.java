package io.ringdown.stress.broken;

import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.stress.HangupWorker;
import java.util.concurrent.atomic.AtomicLong;

/** Takes a command whose latch says that nobody has, without winning the latch. */
public final class LookThenTakeHangups implements HangupWorker {
    private final AtomicLong executed = new AtomicLong();

    @Override
    public boolean offer(HangupCommand command) {
        if (command.latch().state() == HangupLatch.State.CLAIMED) {
            executed.incrementAndGet();
            command.latch().execute();
            command.latch().done();
        }
        return true;
    }

    @Override
    public long executed() {
        return executed.get();
    }
}
