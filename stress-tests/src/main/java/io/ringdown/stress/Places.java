package io.ringdown.stress;

import io.ringdown.bridge.admission.Admission;

/** What threads ask of the places for calls. */
public interface Places {
    boolean enter();

    void leave();

    void drain();

    int calls();

    long refused();

    /** Our admission. No record: Lincheck cannot look into one. */
    final class Ours implements Places {
        private final Admission admission;

        public Ours(int maxCalls) {
            admission = new Admission(maxCalls);
        }

        @Override
        public boolean enter() {
            return admission.enter();
        }

        @Override
        public void leave() {
            admission.leave();
        }

        @Override
        public void drain() {
            admission.drain();
        }

        @Override
        public int calls() {
            return admission.calls();
        }

        @Override
        public long refused() {
            return admission.refused();
        }
    }
}
