package io.ringdown.engine.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The one word through which every hangup of a call must pass: whoever moves it from open to claimed ends the call, and
 * nobody else can. Any thread may try.
 *
 * <p>The word holds state, reason and response together, so that the thread which executes a claim sees it whole:
 * {@code OPEN → CLAIMED(reason, response) → EXECUTING → DONE}, or {@code OPEN → CLOSED} when the caller was first.
 */
public final class HangupLatch {
    /** Where the latch stands. */
    public enum State {
        OPEN,
        CLAIMED,
        EXECUTING,
        DONE,
        CLOSED
    }

    private static final State[] STATES = State.values();
    private static final HangupReason[] REASONS = HangupReason.values();
    private static final long OPEN = 0;
    private static final int REASON_SHIFT = 8;
    private static final int RESPONSE_SHIFT = 32;
    private static final long STATE_MASK = 0xFF;

    private final AtomicLong word = new AtomicLong(OPEN);

    /**
     * Claims the one hangup of the call. The place of the hangup command must already be reserved: nothing may fail after
     * the claim.
     *
     * @param response ordinal of the response whose end is awaited, 0 for a clip or none
     * @return true for exactly one caller in the life of the call
     */
    public boolean claim(HangupReason reason, int response) {
        long claimed =
                (long) response << RESPONSE_SHIFT | (long) reason.ordinal() << REASON_SHIFT | State.CLAIMED.ordinal();
        return word.compareAndSet(OPEN, claimed);
    }

    /** Closes the latch because the call is over without us. False if it was claimed before. */
    public boolean close() {
        return word.compareAndSet(OPEN, State.CLOSED.ordinal());
    }

    /** Takes a claim for execution. True for exactly one caller, however often the command was issued. */
    public boolean execute() {
        return move(State.CLAIMED, State.EXECUTING);
    }

    /** The carrier has confirmed, or nothing more can be tried. */
    public boolean done() {
        return move(State.EXECUTING, State.DONE);
    }

    private boolean move(State from, State to) {
        long now = word.get();
        return stateOf(now) == from && word.compareAndSet(now, now & ~STATE_MASK | to.ordinal());
    }

    public State state() {
        return stateOf(word.get());
    }

    /** Why the call was claimed, or null if it never was. */
    public HangupReason reason() {
        long now = word.get();
        State state = stateOf(now);
        return state == State.OPEN || state == State.CLOSED ? null : REASONS[(int) (now >> REASON_SHIFT & 0xFF)];
    }

    /** Ordinal of the response bound to the claim. */
    public int response() {
        return (int) (word.get() >> RESPONSE_SHIFT);
    }

    private static State stateOf(long word) {
        return STATES[(int) (word & STATE_MASK)];
    }
}
