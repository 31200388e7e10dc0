package io.ringdown.bridge.settings;

import io.ringdown.bridge.settings.Written.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a value has to be written, and the reading of it. Readings throw {@link Malformed}; that message may quote the
 * value only where no secret can be in it.
 *
 * @param words what is expected, for people: "20 to 5000", "playback or queues"
 * @param shape a single value or a list
 * @param emptyAllowed whether empty text is a value; otherwise it is refused, and in the environment it means unset
 */
record Form<T>(String words, Shape shape, boolean emptyAllowed, Function<List<String>, T> reading) {
    static <T> Form<T> single(String words, Function<String, T> reading) {
        return new Form<>(words, Shape.SINGLE, false, texts -> reading.apply(texts.get(0)));
    }

    static Form<List<String>> list(String words) {
        return new Form<>(words, Shape.LIST, false, List::copyOf);
    }

    <R> Form<R> map(Function<T, R> further) {
        return new Form<>(words, shape, emptyAllowed, reading.andThen(further));
    }

    Form<T> named(String otherWords) {
        return new Form<>(otherWords, shape, emptyAllowed, reading);
    }

    /** The same, where empty text says that there shall be none. */
    Form<Optional<T>> orNone() {
        return new Form<>(
                words + "; empty: none",
                shape,
                true,
                texts -> texts.get(0).isEmpty() ? Optional.empty() : Optional.of(reading.apply(texts)));
    }

    T read(Written written) {
        written.requireShape(shape);
        List<String> texts = written.texts().stream().map(String::strip).toList();
        if (!emptyAllowed && texts.contains("")) {
            throw new Malformed(shape == Shape.LIST ? "an entry is empty" : "empty");
        }
        return reading.apply(texts);
    }
}
