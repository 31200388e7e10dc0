package io.ringdown.engine.journal;

import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.call.Via;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the constants that the records of a segment number. */
final class Vocabulary {
    private static final List<Class<? extends Enum<?>>> TYPES = List.of(
            EventType.class,
            CommandType.class,
            AnswerType.class,
            Clip.class,
            Drain.class,
            DropReason.class,
            HangupCondition.class,
            HangupLatch.State.class,
            HangupReason.class,
            ResponsePurpose.class,
            ResponseStatus.class,
            ToolAnswer.class,
            Via.class);

    private final Map<String, List<String>> names = new LinkedHashMap<>();

    private Vocabulary() {}

    /** Of this version. */
    static Vocabulary own() {
        Vocabulary own = new Vocabulary();
        for (Class<? extends Enum<?>> type : TYPES) {
            own.names.put(
                    key(type),
                    Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
        }
        return own;
    }

    static Vocabulary of(Map<String, String> header) {
        Vocabulary read = new Vocabulary();
        for (Class<? extends Enum<?>> type : TYPES) {
            read.names.put(key(type), List.of(header.getOrDefault(key(type), "").split(",")));
        }
        return read;
    }

    private static String key(Class<?> type) {
        return "constants." + type.getSimpleName();
    }

    Map<String, List<String>> names() {
        return names;
    }

    /**
     * The constant that the writer gave number {@code ordinal}.
     *
     * @throws IllegalArgumentException if it gave none, or this version has none of that name
     */
    <E extends Enum<E>> E constant(Class<E> type, int ordinal) {
        List<String> written = names.get(key(type));
        if (ordinal < 0 || ordinal >= written.size()) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " has number " + ordinal);
        }
        return Enum.valueOf(type, written.get(ordinal));
    }
}
