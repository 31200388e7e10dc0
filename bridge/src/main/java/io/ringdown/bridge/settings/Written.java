package io.ringdown.bridge.settings;

import java.util.List;

/**
 * What stands behind a key, before anybody has read a meaning into it.
 *
 * @param texts each scalar as it was typed, so that {@code 010} and {@code 1_000} are not made numbers behind our back
 */
record Written(Shape shape, List<String> texts) {
    static final Written NOTHING = new Written(Shape.NOTHING, List.of());
    static final Written SECTION = new Written(Shape.SECTION, List.of());
    static final Written OTHER_LIST = new Written(Shape.OTHER_LIST, List.of());

    static Written single(String text) {
        return new Written(Shape.SINGLE, List.of(text));
    }

    static Written list(List<String> texts) {
        return new Written(Shape.LIST, List.copyOf(texts));
    }

    /** Throws {@link Malformed} for anything but {@code expected}. */
    void requireShape(Shape expected) {
        if (shape != expected) {
            throw new Malformed("expected " + expected.words + ", not " + shape.words);
        }
    }

    enum Shape {
        NOTHING("nothing"),
        SINGLE("a single value"),
        LIST("a list"),
        OTHER_LIST("a list of lists or keys"),
        SECTION("keys below it");

        private final String words;

        Shape(String words) {
            this.words = words;
        }
    }
}
