package io.ringdown.bridge.load.soak;

import java.util.List;

/** What a server said of itself at {@code /metrics}. Immutable. */
record Scrape(List<String> lines) {
    static Scrape of(String text) {
        return new Scrape(text.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /**
     * The values of one metric, all its labels, together.
     *
     * @throws IllegalStateException when there is none: a name that has changed must not pass for a zero
     */
    double sum(String name) {
        return sum(name, "");
    }

    /** The same, of those whose labels contain {@code label}, such as {@code id="direct"}. */
    double sum(String name, String label) {
        List<String> found = lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("no such metric: " + name + " " + label);
        }
        return found.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
