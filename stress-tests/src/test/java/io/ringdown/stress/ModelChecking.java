package io.ringdown.stress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How Lincheck looks at three threads: every switch between two of their steps, up to a bound, in sequentially consistent memory. */
final class ModelChecking {
    private ModelChecking() {}

    static ModelCheckingOptions threeThreads() {
        return new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(12)
                .invocationsPerIteration(300);
    }

    /** The check can fail: it does on the twin, whose right outcomes are those of ours, one thread after the other. */
    static void assertCaught(Class<?> broken, Class<?> ours) {
        assertThatThrownBy(() -> threeThreads().sequentialSpecification(ours).check(broken))
                .isInstanceOf(LincheckAssertionError.class)
                .message()
                .containsAnyOf("Invalid execution results", "Validation function");
    }
}
