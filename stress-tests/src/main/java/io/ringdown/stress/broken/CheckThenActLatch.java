package io.ringdown.stress.broken;

import io.ringdown.engine.call.HangupLatch.State;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.stress.Latch;

/** All volatile, and in vain: it looks and then moves, and says that it is claimed before it says why. */
public final class CheckThenActLatch implements Latch {
    private volatile State state = State.OPEN;
    private volatile HangupReason reason;
    private volatile int response;

    @Override
    public boolean claim(HangupReason reason, int response) {
        if (!move(State.OPEN, State.CLAIMED)) {
            return false;
        }
        this.reason = reason;
        this.response = response;
        return true;
    }

    @Override
    public boolean close() {
        return move(State.OPEN, State.CLOSED);
    }

    @Override
    public boolean execute() {
        return move(State.CLAIMED, State.EXECUTING);
    }

    @Override
    public boolean done() {
        return move(State.EXECUTING, State.DONE);
    }

    private boolean move(State from, State to) {
        if (state != from) {
            return false;
        }
        state = to;
        return true;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public String claim() {
        return reason + " " + response;
    }
}
