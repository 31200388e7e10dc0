package io.ringdown.stress;

/** A call whose model is about to end a goodbye: its words and the end of its audio come in any order. */
public interface Goodbye {
    /** Any thread. */
    void audioDone();

    /** Any thread. */
    void transcriptDone();

    /** Lane only: handles what came; then the response ends and the caller has heard it. */
    void playOut();

    /** How often the carrier was asked to end the call. */
    int commands();

    /** A call of a real lane, reached through its ring. */
    record Ours(StagedCall call) implements Goodbye {
        public Ours() {
            this(new StagedCall());
        }

        @Override
        public void audioDone() {
            call.tell(event -> event.audioDone("resp", "item", 0));
        }

        @Override
        public void transcriptDone() {
            call.tell(event -> event.transcriptDone("resp", "item", 0, "Goodbye."));
        }

        @Override
        public void playOut() {
            call.finish();
            call.hear();
        }

        @Override
        public int commands() {
            return call.commands();
        }
    }
}
