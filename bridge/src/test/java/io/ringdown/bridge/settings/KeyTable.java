package io.ringdown.bridge.settings;

import java.util.List;
import java.util.stream.Stream;

/** The keys as the table of {@code docs/configuration.md}. */
final class KeyTable {
    private static final String HEAD =
            "| key | variable | flag | default | takes | meaning |\n|---|---|---|---|---|---|\n";

    private KeyTable() {}

    static String markdown() {
        StringBuilder table = new StringBuilder(HEAD);
        Stream.concat(Settings.keys().stream(), Keys.OF_NAMED_AGENTS.stream()).forEach(key -> table.append(row(key)));
        return table.toString();
    }

    private static String row(Key<?> key) {
        List<String> cells = List.of(
                code(key.path()),
                key.variable().map(KeyTable::code).orElse("")
                        + key.fileVariable().map(file -> ", " + code(file)).orElse(""),
                key.flag().map(KeyTable::code).orElse(""),
                key.defaultValue().isPresent() ? code(key.defaultText()) : key.defaultText(),
                escaped(key.takes()),
                escaped(key.meaning()) + (isOfACall(key) ? " (†)" : ""));
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** Whether an agent of {@code agents} may have it otherwise, under its own {@code limits}. */
    private static boolean isOfACall(Key<?> key) {
        return Keys.OF_A_CALL.contains(key);
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + escaped(text) + "`";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
