package io.ringdown.stress;

import io.ringdown.stress.broken.CountedPlaces;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Three lanes and two places. Draining is left to {@link AdmissionStress}: whoever is let in while somebody begins to drain
 * holds a place for a moment, which may turn another away a moment early, and that is meant.
 */
class AdmissionLincheckTest {
    @Test
    void shouldLetNoMoreInThanThereArePlaces() {
        ModelChecking.threeThreads().check(Ours.class);
    }

    @Test
    void shouldSeeThatTheBrokenTwinLetsInTooMany() {
        ModelChecking.assertCaught(Broken.class, Ours.class);
    }

    public static class Ours extends Steps {
        public Ours() {
            super(new Places.Ours(2));
        }
    }

    public static class Broken extends Steps {
        public Broken() {
            super(new CountedPlaces(2));
        }
    }

    /** What lanes do. */
    public abstract static class Steps {
        private final Places places;

        Steps(Places places) {
            this.places = places;
        }

        @Operation
        public boolean enter() {
            return places.enter();
        }

        @Operation
        public void leave() {
            places.leave();
        }

        @Operation
        public int calls() {
            return places.calls();
        }
    }
}
