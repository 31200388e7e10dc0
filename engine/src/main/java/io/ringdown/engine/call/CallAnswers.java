package io.ringdown.engine.call;

/**
 * What a call machine asks while it handles an event: the latch it shares with other threads, and what words mean. An
 * answer is an input as the event is, so that whoever notes both can run the machine again. Called by the thread that runs
 * the machine.
 */
public interface CallAnswers {
    /** {@link HangupLatch#claim}. */
    boolean claim(HangupReason reason, int response);

    /** {@link HangupLatch#close}. */
    boolean close();

    HangupLatch.State latchState();

    /** {@link HangupLatch#reason}: null if the latch was never claimed. */
    HangupReason claimedReason();

    /** Whether what a response has said so far ends a call with these settings. */
    boolean modelSaysGoodbye(CallSettings settings, String transcript);

    boolean callerSaysGoodbye(CallSettings settings, String transcript);

    /** Whether what is taken for the caller is an answering machine. */
    boolean isVoicemail(CallSettings settings, String transcript);
}
