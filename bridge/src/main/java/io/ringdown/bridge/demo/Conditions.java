package io.ringdown.bridge.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the conditions of a hangup through the log, which names those that are not met. */
final class Conditions {
    private static final Pattern NOT_MET = Pattern.compile("\\[MAYBE_HANGUP] Conditions not met .*: \\[(.*)]");
    private static final String ALL_MET = "[POLITE_HANGUP]";

    private List<String> unmet = List.of();

    /** Those that were not met before this line and are now; empty when there are none, or it says nothing about them. */
    Optional<String> newlyTrue(String line) {
        Matcher matcher = NOT_MET.matcher(line);
        if (matcher.find()) {
            return change(List.of(matcher.group(1).replace("'", "").split(", ")));
        }
        return line.contains(ALL_MET) ? change(List.of()) : Optional.empty();
    }

    private Optional<String> change(List<String> unmetNow) {
        List<String> met = new ArrayList<>(unmet);
        met.removeAll(unmetNow);
        unmet = unmetNow;
        return met.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", met));
    }
}
