package io.ringdown.bridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that one scrape told, read from Prometheus' text format. */
final class Scrape {
    /** One series at one moment. */
    record Sample(String name, Map<String, String> labels, double value) {}

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PART = Pattern.compile("_(bucket|sum|count)$");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();

    Scrape(String text) {
        text.lines().forEach(this::read);
    }

    private void read(String line) {
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (type.matches()) {
            types.put(type.group(1), type.group(2));
        } else if (!line.startsWith("#") && sample.matches()) {
            String value = sample.group(3).replace("+Inf", "Infinity");
            samples.add(new Sample(sample.group(1), labels(sample.group(2)), Double.parseDouble(value)));
        }
    }

    static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    /** Name and type of each metric. */
    Map<String, String> types() {
        return types;
    }

    /** The labels of a metric's series, but those that make a histogram of them. */
    Set<String> labelsOf(String metric) {
        Set<String> labels = new TreeSet<>();
        for (Sample sample : samples) {
            if (sample.name().equals(metric)
                    || PART.matcher(sample.name()).replaceFirst("").equals(metric)) {
                labels.addAll(sample.labels().keySet());
            }
        }
        labels.remove("le");
        return labels;
    }

    List<Sample> samples(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The sum of all series of that name with these labels, written as Prometheus does: {@code reason="silence",drain="mark"}. */
    double sum(String name, String labels) {
        List<Sample> found = samples(name).stream()
                .filter(sample ->
                        sample.labels().entrySet().containsAll(labels(labels).entrySet()))
                .toList();
        assertThat(found).as(name + "{" + labels + "}").isNotEmpty();
        return found.stream().mapToDouble(Sample::value).sum();
    }

    double sum(String name) {
        return sum(name, "");
    }
}
