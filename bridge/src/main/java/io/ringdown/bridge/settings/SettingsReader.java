package io.ringdown.bridge.settings;

import io.ringdown.bridge.settings.Written.Shape;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the file, then the environment over it, then the flags, and gathers every problem on the way. Secrets may also stand
 * in files that variables name. Used once.
 */
final class SettingsReader {
    private static final String PREFIX = "RINGDOWN_";
    private static final String AGENTS = AgentKeys.SECTION + ".";

    // Kubernetes and Docker announce a service called "ringdown" to its own containers with such names.
    private static final Pattern ANNOUNCED =
            Pattern.compile("RINGDOWN_(.+_)?(SERVICE_(HOST|PORT(_.+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");
    private static final Pattern ANNOUNCED_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Values values = new Values();
    private final Map<String, Values> agents = new LinkedHashMap<>();
    private final SecretFiles secretFiles = new SecretFiles(values);
    private final Map<String, Key<?>> byPath = new LinkedHashMap<>();
    private final Map<String, Key<?>> byVariable = new LinkedHashMap<>();
    private final Map<String, Key<?>> byFlag = new LinkedHashMap<>();
    private final Set<String> sections = new HashSet<>();
    private final Path file;
    private boolean fileFound = true;
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
        sections.add(AgentKeys.SECTION);
    }

    /** Reads the file; a missing one is a problem only when {@code required}. */
    SettingsReader readFile(boolean required) {
        try {
            YamlFile yaml = YamlFile.read(file);
            yaml.repeated().forEach(this::repeated);
            readEntries(yaml);
            secretFiles.lookAt(file);
        } catch (NoSuchFileException e) {
            fileFound = false;
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

    private void readEntries(YamlFile yaml) {
        Set<String> skipped = new HashSet<>();
        yaml.entries().forEach((path, written) -> {
            int dot = path.lastIndexOf('.');
            boolean below = dot > 0 && skipped.contains(path.substring(0, dot));
            if (below || !readEntry(Place.inFile(file, path, yaml.line(path)), written)) {
                skipped.add(path);
            }
        });
    }

    /** Returns false when what is below it means nothing. */
    private boolean readEntry(Place place, Written written) {
        String path = place.name();
        if (path.startsWith(AGENTS)) {
            return readAgentEntry(place, written);
        }
        Key<?> key = byPath.get(path);
        if (key != null) {
            if (written.shape() != Shape.NOTHING) {
                values.read(place, key, written);
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

    /** The same for {@code agents.<name>} and what is below it. */
    private boolean readAgentEntry(Place place, Written written) {
        String below = place.name().substring(AGENTS.length());
        int dot = below.indexOf('.');
        if (below.startsWith("\"") || dot < 0) {
            return beginAgent(place, below, written);
        }
        String path = below.substring(dot + 1);
        Key<?> key = AgentKeys.BY_PATH.get(path);
        if (key != null) {
            if (written.shape() != Shape.NOTHING) {
                agents.get(below.substring(0, dot)).read(place, key, written);
            }
            return false;
        }
        if (AgentKeys.SECTIONS.contains(path)) {
            requireSection(place.name(), written);
            return true;
        }
        if (byPath.containsKey(path)) {
            values.problem(file.toString(), place.name(), "set for the whole server, not for one agent");
            return false;
        }
        Set<String> known = new HashSet<>();
        String agent = AGENTS + below.substring(0, dot + 1);
        AgentKeys.BY_PATH.keySet().forEach(each -> known.add(agent + each));
        AgentKeys.SECTIONS.forEach(each -> known.add(agent + each));
        unknown(file.toString(), place.name(), "unknown key", known);
        return false;
    }

    private boolean beginAgent(Place place, String name, Written written) {
        try {
            AgentKeys.requireName(name);
        } catch (Malformed e) {
            values.problem(file.toString(), place.name(), e.getMessage());
            return false;
        }
        agents.put(name, values.ofAgent());
        requireSection(place.name(), written);
        return true;
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
                    values.read(Place.variable(variable), key, Written.single(text));
                }
            } else if (secretFiles.variables().contains(variable)) {
                secretFiles.read(variable, environment);
            } else if (variable.startsWith(PREFIX) && !announced(variable, text)) {
                Set<String> known = new LinkedHashSet<>(byVariable.keySet());
                known.addAll(secretFiles.variables());
                unknown("environment", variable, "unknown variable", known);
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
                values.read(Place.flag(flag), key, Written.single(text));
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

    /** Throws {@link SettingsException} only when nobody knows where it is. */
    Optional<Path> journalDir() {
        boolean given = values.given().containsKey(Keys.JOURNAL_DIR);
        if (values.refused(Keys.JOURNAL_DIR) || !fileUnderstood && !given) {
            throw new SettingsException(values.problems());
        }
        return values.get(Keys.JOURNAL_DIR);
    }

    /** What was read. Throws {@link SettingsException} when anything was wrong. */
    Configuration configuration() {
        if (fileUnderstood) { // else what looks missing may well stand in it
            new Requirements(values, file.toString()).check();
            new AgentRequirements(values, agents, file.toString()).check();
        }
        if (!values.problems().isEmpty()) {
            throw new SettingsException(values.problems());
        }
        return new Configuration(
                fileFound ? Optional.of(file) : Optional.empty(), values, agents, secretFiles.warnings());
    }
}
