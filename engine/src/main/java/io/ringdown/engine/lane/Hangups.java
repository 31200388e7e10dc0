package io.ringdown.engine.lane;

/** Where hangup commands go to be executed, off the lane. */
@FunctionalInterface
public interface Hangups {
    /** Lane threads; never blocks. False when it cannot be taken now: it is offered again by a sweep. */
    boolean offer(HangupCommand command);
}
