package io.ringdown.bridge.settings;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ringdown.bridge.settings.Values.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a configuration as the file that would make it: every key with its value and, behind {@code #}, where that comes
 * from. Secrets are masked and stand in comments, as does what has no value; an agent of {@code agents} shows what it has of
 * its own.
 */
final class EffectiveYaml {
    private static final int COMMENT_COLUMN = 50;
    private static final String INDENT = "  ";

    /** What means the same with and without quotes, wherever it stands. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9/._:@%-]*(?<!:)");

    private static final Pattern NULL = Pattern.compile("null|Null|NULL");
    private static final Pattern URL_PATH = Pattern.compile("^(\"?[A-Za-z]+://[^/?\"]+)/[^\"]+");
    private static final Pattern QUERY_VALUE = Pattern.compile("=[^&]*");

    private final Values values;
    private final Map<String, Values> agents;
    private final Map<Key<?>, String> workedOut;
    private final List<String> lines = new ArrayList<>();

    EffectiveYaml(Values values, Map<String, Values> agents, Settings settings) {
        this.values = values;
        this.agents = agents;
        workedOut = Map.of(
                Keys.LANES, Integer.toString(settings.lanes()),
                Keys.MAX_CALLS, Integer.toString(settings.maxCalls()));
    }

    /** One line of it, before its place is known. */
    private record Entry(String text, String comment) {}

    List<String> lines() {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Key<?> key : Keys.ALL) {
            put(tree, key.path(), entry(key, name(key.path())));
        }
        write(tree, "");
        if (!agents.isEmpty()) {
            writeAgents();
        }
        return lines;
    }

    private void writeAgents() {
        lines.add(AgentKeys.SECTION + ": # what is left out is as in agent, model.name and limits above");
        agents.forEach((agent, own) -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            AgentKeys.BY_PATH.forEach((path, key) -> {
                Given given = own.given().get(key);
                if (given != null) {
                    put(tree, path, new Entry(name(path) + ": " + text(given.written()), given.origin()));
                }
            });
            lines.add(INDENT + agent + ":" + (tree.isEmpty() ? " {}" : ""));
            write(tree, INDENT + INDENT);
        });
    }

    private Entry entry(Key<?> key, String name) {
        Given given = values.given().get(key);
        if (given != null) {
            String shown = text(given.written());
            return key.secret()
                    ? new Entry("# " + name + ": " + given.value(), given.origin())
                    : new Entry(name + ": " + (key.hidesPath() ? withoutPath(shown) : shown), given.origin());
        }
        if (key.defaultValue().isPresent()) {
            return new Entry(name + ": " + scalar(key.defaultText()), "default");
        }
        String origin = "default: " + key.defaultText();
        String value = workedOut.get(key);
        return value == null ? new Entry("# " + name + ":", origin) : new Entry(name + ": " + value, origin);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    @SuppressWarnings("unchecked") // whatever is no entry is a section
    private static void put(Map<String, Object> tree, String path, Entry entry) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.put(path, entry);
        } else {
            Object section = tree.computeIfAbsent(path.substring(0, dot), any -> new LinkedHashMap<String, Object>());
            put((Map<String, Object>) section, path.substring(dot + 1), entry);
        }
    }

    @SuppressWarnings("unchecked")
    private void write(Map<String, Object> tree, String indent) {
        tree.forEach((name, below) -> {
            if (below instanceof Entry entry) {
                lines.add(withComment(indent + entry.text(), entry.comment()));
            } else {
                lines.add(indent + name + ":");
                write((Map<String, Object>) below, indent + INDENT);
            }
        });
    }

    private static String withComment(String text, String comment) {
        String gap = " ".repeat(Math.max(1, COMMENT_COLUMN - text.length()));
        return text + gap + "# " + Malformed.escaped(comment);
    }

    private static String text(Written written) {
        List<String> scalars =
                written.texts().stream().map(EffectiveYaml::scalar).toList();
        return written.shape() == Written.Shape.LIST
                ? scalars.stream().collect(Collectors.joining(", ", "[", "]"))
                : scalars.get(0);
    }

    private static String scalar(String written) {
        String text = withoutQueryValues(written.strip());
        boolean plain = PLAIN.matcher(text).matches() && !NULL.matcher(text).matches();
        return plain
                ? text
                : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String withoutPath(String url) {
        return URL_PATH.matcher(url).replaceFirst("$1/***");
    }

    /** People put keys into the queries of URLs. */
    private static String withoutQueryValues(String text) {
        int query = text.contains("://") ? text.indexOf('?') : -1;
        return query < 0
                ? text
                : text.substring(0, query)
                        + QUERY_VALUE.matcher(text.substring(query)).replaceAll("=***");
    }
}
