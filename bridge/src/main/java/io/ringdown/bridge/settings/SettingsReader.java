package io.ringdown.bridge.settings;

import io.ringdown.bridge.settings.Written.Shape;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the file, then the environment over it, then the flags, and gathers every problem on the way. Used once. */
final class SettingsReader {
    private static final String PREFIX = "RINGDOWN_";

    // Kubernetes and Docker announce a service called "ringdown" to its own containers with such names.
    private static final Pattern ANNOUNCED =
            Pattern.compile("RINGDOWN_(.+_)?(SERVICE_(HOST|PORT(_.+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");
    private static final Pattern ANNOUNCED_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Values values = new Values();
    private final Map<String, Key<?>> byPath = new LinkedHashMap<>();
    private final Map<String, Key<?>> byVariable = new LinkedHashMap<>();
    private final Map<String, Key<?>> byFlag = new LinkedHashMap<>();
    private final Set<String> sections = new HashSet<>();
    private final Path file;
    private boolean fileUnderstood = true;

    SettingsReader(Path file) {
        this.file = file;
        for (Key<?> key : Keys.ALL) {
            byPath.put(key.path(), key);
            key.variable().ifPresent(variable -> byVariable.put(variable, key));
            key.flag().ifPresent(flag -> byFlag.put(flag, key));
            for (int dot = key.path().indexOf('.'); dot > 0; dot = key.path().indexOf('.', dot + 1)) {
                sections.add(key.path().substring(0, dot));
            }
        }
    }

    /** Reads the file; a missing one is a problem only when {@code required}. */
    SettingsReader readFile(boolean required) {
        try {
            YamlFile yaml = YamlFile.read(file);
            yaml.repeated().forEach(this::repeated);
            readEntries(yaml.entries());
        } catch (NoSuchFileException e) {
            if (required) {
                notUnderstood("no such file");
            }
        } catch (AccessDeniedException e) {
            notUnderstood("not allowed to read it");
        } catch (IOException e) {
            notUnderstood("not a file that can be read");
        } catch (Malformed e) {
            notUnderstood(e.getMessage());
        }
        return this;
    }

    private void repeated(String path) {
        String reason = "given more than once";
        Key<?> key = byPath.get(path);
        if (key == null) {
            values.problem(file.toString(), path, reason);
        } else {
            values.problem(file.toString(), key, reason);
        }
    }

    private void notUnderstood(String reason) {
        fileUnderstood = false;
        values.problem(file + ": " + reason);
    }

    private void readEntries(Map<String, Written> entries) {
        Set<String> skipped = new HashSet<>();
        entries.forEach((path, written) -> {
            int dot = path.lastIndexOf('.');
            boolean below = dot > 0 && skipped.contains(path.substring(0, dot));
            if (below || !readEntry(path, written)) {
                skipped.add(path);
            }
        });
    }

    /** Returns false when what is below it means nothing. */
    private boolean readEntry(String path, Written written) {
        Key<?> key = byPath.get(path);
        if (key != null) {
            if (written.shape() != Shape.NOTHING) {
                values.read(file.toString(), path, key, written);
            }
            return false;
        }
        if (sections.contains(path)) {
            requireSection(path, written);
            return true;
        }
        Set<String> known = new HashSet<>(sections);
        known.addAll(byPath.keySet());
        unknown(file.toString(), path, "unknown key", known);
        return false;
    }

    private void requireSection(String path, Written written) {
        if (written.shape() == Shape.NOTHING) {
            return;
        }
        try {
            written.requireShape(Shape.SECTION);
        } catch (Malformed e) {
            values.problem(file.toString(), path, e.getMessage());
        }
    }

    /** Empty means unset, but for keys to which it says something. */
    SettingsReader readEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            Key<?> key = byVariable.get(variable);
            if (key != null) {
                if (key.form().emptyAllowed() || !text.isBlank()) {
                    values.read("environment", variable, key, Written.single(text));
                }
            } else if (variable.startsWith(PREFIX) && !announced(variable, text)) {
                unknown("environment", variable, "unknown variable", byVariable.keySet());
            }
        });
        return this;
    }

    private static boolean announced(String variable, String text) {
        return ANNOUNCED.matcher(variable).matches()
                || (variable.endsWith("_PORT") && ANNOUNCED_PORT.matcher(text).matches());
    }

    SettingsReader readFlags(Map<String, String> flags) {
        flags.forEach((flag, text) -> {
            Key<?> key = byFlag.get(flag);
            if (key != null) {
                values.read("command line", flag, key, Written.single(text));
            } else {
                unknown("command line", flag, "unknown flag", byFlag.keySet());
            }
        });
        return this;
    }

    private void unknown(String source, String name, String what, Collection<String> known) {
        Optional<String> meant = Nearest.to(name, known);
        values.problem(
                source, name, what + meant.map(m -> "; did you mean " + m + "?").orElse(""));
    }

    /** What was read. Throws {@link SettingsException} when anything was wrong. */
    Values values() {
        if (fileUnderstood) { // else what looks missing may well stand in it
            new Requirements(values, file.toString()).check();
        }
        if (!values.problems().isEmpty()) {
            throw new SettingsException(values.problems());
        }
        return values;
    }
}
