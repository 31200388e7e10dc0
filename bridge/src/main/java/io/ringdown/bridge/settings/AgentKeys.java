package io.ringdown.bridge.settings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may stand in a section of {@code agents}: all that may in {@code agent}, the limits of a call under {@code limits}, and
 * what only an agent with a name has.
 */
final class AgentKeys {
    /** The section whose every section is an agent. */
    static final String SECTION = "agents";

    private static final String DEFAULT_SECTION = "agent.";

    /** It travels in stream parameters, logs and labels of metrics. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** By their path below the agent's name. */
    static final Map<String, Key<?>> BY_PATH = byPath();

    static final Set<String> SECTIONS = sections();

    private AgentKeys() {}

    private static Map<String, Key<?>> byPath() {
        Map<String, Key<?>> keys = new LinkedHashMap<>();
        for (Key<?> key : Keys.OF_NAMED_AGENTS) {
            keys.put(key.path().substring(Keys.NAMED_AGENT.length()), key);
        }
        for (Key<?> key : Keys.ALL) {
            if (key.path().startsWith(DEFAULT_SECTION)) {
                keys.put(key.path().substring(DEFAULT_SECTION.length()), key);
            }
        }
        for (Key<?> key : Keys.OF_A_CALL) {
            keys.put(key.path(), key);
        }
        return keys;
    }

    private static Set<String> sections() {
        Set<String> sections = new HashSet<>();
        for (String path : BY_PATH.keySet()) {
            for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
                sections.add(path.substring(0, dot));
            }
        }
        return sections;
    }

    /** Throws {@link Malformed} when {@code name} cannot be an agent's. */
    static void requireName(String name) {
        if (name.equals(Agent.DEFAULT)) {
            throw new Malformed("the agent of that name is the section agent");
        }
        if (!NAME.matcher(name).matches()) {
            throw new Malformed("not a name of letters, digits, _ and -, at most 64 of them");
        }
    }

    /** Whether the key is an agent's to have, rather than the whole server's. */
    static boolean has(Key<?> key) {
        return BY_PATH.containsValue(key) || key == Keys.MODEL_NAME;
    }
}
