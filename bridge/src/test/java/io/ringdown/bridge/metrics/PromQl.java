package io.ringdown.bridge.metrics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which series a query of Prometheus asks for: enough of its grammar for the queries that are shipped. */
record PromQl(String query) {
    /** One condition on a label. */
    record Condition(String label, String operator, String value) {
        private boolean holds(Scrape.Sample sample) {
            String actual = sample.labels().getOrDefault(label, "");
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                default -> !actual.matches(value);
            };
        }
    }

    /** The series of a name that meet all conditions. */
    record Selector(String name, List<Condition> conditions) {
        boolean finds(Scrape scrape) {
            return scrape.samples(name).stream()
                    .anyMatch(sample -> conditions.stream()
                            .allMatch(condition -> GIVEN.contains(condition.label()) || condition.holds(sample)));
        }
    }

    /** Labels that Prometheus adds to whatever it scrapes. */
    static final Set<String> GIVEN = Set.of("instance", "job");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Pattern WITH_CONDITIONS = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)}");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern WORD = Pattern.compile("(?<![\\w.$])[a-zA-Z_:][\\w:]*(?!\\w|\\s*\\()");

    Set<Selector> selectors() {
        Set<Selector> selectors = new LinkedHashSet<>();
        Matcher conditioned = WITH_CONDITIONS.matcher(query);
        while (conditioned.find()) {
            selectors.add(new Selector(conditioned.group(1), conditions(conditioned.group(2))));
        }
        String rest = WITH_CONDITIONS.matcher(query).replaceAll("0");
        rest = RANGE.matcher(GROUPING.matcher(rest).replaceAll(" ")).replaceAll(" ");
        Matcher word = WORD.matcher(rest);
        while (word.find()) {
            if (!WORDS.contains(word.group())) {
                selectors.add(new Selector(word.group(), List.of()));
            }
        }
        return selectors;
    }

    private static List<Condition> conditions(String text) {
        List<Condition> conditions = new ArrayList<>();
        Matcher condition = CONDITION.matcher(text);
        while (condition.find()) {
            conditions.add(new Condition(condition.group(1), condition.group(2), condition.group(3)));
        }
        return conditions;
    }

    /** Labels by which results are grouped or matched. */
    Set<String> groupedBy() {
        Set<String> labels = new LinkedHashSet<>();
        Matcher grouping = GROUPING.matcher(query);
        while (grouping.find()) {
            for (String label : grouping.group(2).split(",")) {
                labels.add(label.strip());
            }
        }
        labels.removeAll(GIVEN);
        return labels;
    }
}
