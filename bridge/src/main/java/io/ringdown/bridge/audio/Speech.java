package io.ringdown.bridge.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The speech in the jar: the clips a server speaks when there is no model to speak, and the lines of the simulator.
 * Each call reads the jar and hands out bytes of its own, so keep what is used often. Any thread that may block.
 */
public final class Speech {
    private static final String SERVER = "server";
    private static final String ENGLISH = "en";
    private static final List<Entry> ENTRIES = entries();

    private Speech() {}

    /**
     * What somebody says in a simulated call.
     *
     * @param language {@code en} or {@code he}
     * @param speaker {@code model} or {@code caller}
     * @param text what a transcript of it says
     * @param muLaw G.711 μ-law, 8 kHz mono, whole 20 ms frames; the receiver's own
     */
    public record Line(String name, String language, String speaker, String text, byte[] muLaw) {}

    /**
     * Returns a clip of the server as μ-law, in whole 20 ms frames. A language without clips gets the English ones,
     * since a call ends more politely in a foreign language than in silence.
     *
     * @param language a language tag such as {@code he} or {@code he-IL}
     * @throws IllegalArgumentException when no clip has this name
     */
    public static byte[] clip(String language, String name) {
        String spoken = Locale.forLanguageTag(language).getLanguage();
        return find(name, entry -> entry.isClip() && entry.language().equals(spoken))
                .or(() -> find(name, entry -> entry.isClip() && entry.language().equals(ENGLISH)))
                .orElseThrow(() -> unknown("clip", name, Entry::isClip))
                .muLaw();
    }

    /**
     * Returns a line of the simulator.
     *
     * @throws IllegalArgumentException when no line has this name
     */
    public static Line line(String name) {
        Predicate<Entry> isLine = entry -> !entry.isClip();
        Entry line = find(name, isLine).orElseThrow(() -> unknown("line", name, isLine));
        return new Line(line.name(), line.language(), line.speaker(), line.text(), line.muLaw());
    }

    private static Optional<Entry> find(String name, Predicate<Entry> kind) {
        return ENTRIES.stream()
                .filter(kind)
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    private static IllegalArgumentException unknown(String kind, String name, Predicate<Entry> among) {
        String known =
                ENTRIES.stream().filter(among).map(Entry::name).distinct().collect(Collectors.joining(", "));
        return new IllegalArgumentException("no " + kind + " is called '" + name + "', there are: " + known);
    }

    private static List<Entry> entries() {
        String table = new String(resource("audio/lines.tsv"), StandardCharsets.UTF_8);
        return table.lines().skip(1).map(Entry::of).toList();
    }

    private static byte[] resource(String path) {
        try (InputStream in = Speech.class.getResourceAsStream("/io/ringdown/bridge/" + path)) {
            if (in == null) {
                throw new IllegalStateException("missing from the jar: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read from the jar: " + path, e);
        }
    }

    /** A row of the table. A fifth column, if any, is for the speech synthesiser only. */
    private record Entry(String name, String language, String speaker, String text) {
        static Entry of(String row) {
            String[] columns = row.split("\t");
            return new Entry(columns[0], columns[1], columns[2], columns[3]);
        }

        boolean isClip() {
            return speaker.equals(SERVER);
        }

        byte[] muLaw() {
            String folder = isClip() ? "clips/" + language : "simulator/speech";
            return resource(folder + "/" + name + ".ulaw");
        }
    }
}
