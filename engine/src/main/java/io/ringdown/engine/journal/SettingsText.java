package io.ringdown.engine.journal;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.PhraseRole;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a call as lines of {@code key=value}: all that decides what its machine does, but the sound of the
 * clips. Keys are the names of the components of {@link CallSettings}; one that is missing keeps its default, so that a later
 * version reads what an earlier one wrote.
 */
final class SettingsText {
    private static final String TIMES = "times.";
    private static final String GOODBYE = "goodbyes.";
    private static final String VOICEMAIL = "voicemail";
    private static final String CLIP = "clips.";

    private SettingsText() {}

    static String of(CallSettings settings) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : CallSettings.class.getRecordComponents()) {
            write(text, component, value(component, settings));
        }
        return text.toString();
    }

    private static void write(StringBuilder text, RecordComponent component, Object value) {
        if (value instanceof CallSettings.Times times) {
            for (RecordComponent time : CallSettings.Times.class.getRecordComponents()) {
                line(text, TIMES + time.getName(), value(time, times));
            }
        } else if (value instanceof GoodbyeMatcher matcher) {
            new TreeMap<>(matcher.phrases().byRole())
                    .forEach((role, phrases) -> phrases.forEach(phrase -> line(text, GOODBYE + role, phrase)));
        } else if (value instanceof VoicemailMatcher matcher) {
            matcher.phrases().forEach(phrase -> line(text, VOICEMAIL, phrase));
        } else if (value instanceof Map<?, ?> clips) {
            new TreeMap<>(clips).forEach((clip, sound) -> line(text, CLIP + clip, ((byte[]) sound).length));
        } else {
            line(text, component.getName(), value);
        }
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key)
                .append('=')
                .append(String.valueOf(value).replaceAll("\\R", " "))
                .append('\n');
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not to be read: " + component, e);
        }
    }

    /**
     * The settings again; their clips are silent.
     *
     * @throws IllegalArgumentException naming the line that cannot be understood
     */
    static CallSettings parse(String text) {
        Map<String, List<String>> lines = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not a setting: " + line);
            }
            lines.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                    .add(line.substring(equals + 1));
        });
        return read(CallSettings.class, "", lines, null);
    }

    private static <R extends Record> R read(
            Class<R> type, String prefix, Map<String, List<String>> lines, R defaults) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            String key = prefix + components[i].getName();
            List<String> written = lines.get(key);
            if (written == null && defaults != null) {
                values[i] = value(components[i], defaults);
            } else {
                values[i] = parse(types[i], key, written, lines);
            }
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("not settings: " + e.getMessage(), e);
        }
    }

    private static Object parse(Class<?> type, String key, List<String> written, Map<String, List<String>> lines) {
        if (type == CallSettings.Times.class) {
            return read(CallSettings.Times.class, TIMES, lines, CallSettings.Times.defaults());
        }
        if (type == GoodbyeMatcher.class) {
            return goodbyes(lines);
        }
        if (type == VoicemailMatcher.class) {
            return new VoicemailMatcher(written == null ? List.of() : written);
        }
        if (type == Map.class) {
            return clips(lines);
        }
        return single(type, key, written == null ? null : written.get(0));
    }

    private static GoodbyeMatcher goodbyes(Map<String, List<String>> lines) {
        Map<PhraseRole, List<String>> phrases = new EnumMap<>(PhraseRole.class);
        for (PhraseRole role : PhraseRole.values()) {
            phrases.put(role, lines.getOrDefault(GOODBYE + role, List.of()));
        }
        return new GoodbyeMatcher(new GoodbyePhrases(phrases));
    }

    private static Map<Clip, byte[]> clips(Map<String, List<String>> lines) {
        Map<Clip, byte[]> clips = new EnumMap<>(Clip.class);
        for (Clip clip : Clip.values()) {
            List<String> bytes = lines.get(CLIP + clip);
            if (bytes != null) {
                clips.put(clip, new byte[Integer.parseInt(bytes.get(0))]);
            }
        }
        return clips;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object single(Class<?> type, String key, String value) {
        try {
            if (type == boolean.class) {
                return Boolean.parseBoolean(value);
            }
            if (type == int.class) {
                return value == null ? 0 : Integer.parseInt(value);
            }
            if (type == long.class) {
                return value == null ? 0L : Long.parseLong(value);
            }
            if (type.isEnum()) {
                return Enum.valueOf((Class<? extends Enum>) type, String.valueOf(value));
            }
            if (type == String.class) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a setting: " + key + "=" + value, e);
        }
        throw new IllegalArgumentException(
                "a setting of a type that is not journalled: " + key + ", " + type.getName());
    }
}
