package io.ringdown.stress;

import java.util.function.Supplier;

/**
 * What a test is about: our class, or its broken twin when the JVM was started with {@code -Dringdown.stress.broken=true}.
 * Actors and outcomes are the same, so a test that cannot tell the two apart proves nothing.
 */
public final class Subject {
    /** The system property that puts the broken twins in. */
    public static final String BROKEN_PROPERTY = "ringdown.stress.broken";

    private static final boolean BROKEN = Boolean.getBoolean(BROKEN_PROPERTY);

    private Subject() {}

    static <T> T of(Supplier<? extends T> ours, Supplier<? extends T> broken) {
        return BROKEN ? broken.get() : ours.get();
    }
}
