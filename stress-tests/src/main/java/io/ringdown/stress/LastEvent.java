package io.ringdown.stress;

import io.ringdown.engine.call.EventType;

/** A goodbye of which only one event is missing: that the caller has heard it. */
public interface LastEvent {
    /** Lane only: the caller has heard it, and what else came is handled. */
    void heard();

    /** Any thread: the caller begins to speak. */
    void speechStarted();

    /** The supervisor: the call is to end whatever its lane does. */
    void shutDown();

    /** How often the carrier was asked to end the call. */
    int executed();

    /** Whether the goodbye was taken back, since the caller spoke. */
    boolean isTakenBack();

    /** A call of a real lane, reached through its ring. */
    record Ours(StagedCall call) implements LastEvent {
        public Ours() {
            this(new StagedCall());
            Goodbye goodbye = new Goodbye.Ours(call);
            goodbye.audioDone();
            goodbye.transcriptDone();
            call.finish();
        }

        @Override
        public void heard() {
            call.hear();
            call.turn();
        }

        @Override
        public void speechStarted() {
            call.tell(event -> event.happened(EventType.SPEECH_STARTED));
        }

        @Override
        public void shutDown() {
            call.shutDown();
        }

        @Override
        public int executed() {
            return call.executed();
        }

        @Override
        public boolean isTakenBack() {
            return call.isCleared();
        }
    }
}
