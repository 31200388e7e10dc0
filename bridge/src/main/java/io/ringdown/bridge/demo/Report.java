package io.ringdown.bridge.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what was played, in lines of at most 100 columns. */
final class Report {
    private static final int COLUMNS = 100;
    private static final int TIME_COLUMNS = 24;
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";

    private final PrintWriter out;
    private final boolean coloured;

    Report(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Any thread; it comes between two calls, never into one. */
    synchronized void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    void failed(Scenario scenario, Throwable cause) {
        say("\n" + ink(BOLD, scenario.title()) + "\n" + ink(RED, "  FAILED: " + cause.getMessage()));
    }

    synchronized void tell(Performance played) {
        out.println("\n" + ink(BOLD, played.scenario().title()) + "\n");
        played.timeline().forEach(this::tell);
        out.println();
        field("expected", played.scenario().expected().toString());
        field("actual", played.outcome().toString());
        Outcome outcome = played.outcome();
        field("cut-off", outcome.cutOffMs() + " ms; dead air " + ms(outcome.deadAirMs()));
        out.println("  " + (played.unmet().isEmpty() ? ink(GREEN, "as expected") : ink(RED, difference(played))));
        out.flush();
    }

    private static String difference(Performance played) {
        List<String> reasons = new ArrayList<>(played.unmet());
        reasons.addAll(played.outcome().violations());
        return "NOT AS EXPECTED, this does not hold: " + String.join(", ", reasons);
    }

    private void tell(Timeline.Entry entry) {
        boolean own = entry.who().equals("ringdown");
        String colour = own ? YELLOW : entry.who().isEmpty() ? GREEN : DIM;
        String time = String.format(Locale.ROOT, "%,9d ms  %-8s  ", entry.atMs(), entry.who());
        List<String> lines = wrapped(entry.what());
        out.println(ink(colour, time + lines.get(0)));
        lines.stream().skip(1).forEach(line -> out.println(ink(colour, " ".repeat(TIME_COLUMNS) + line)));
    }

    private void field(String name, String text) {
        String label = name;
        for (String line : wrapped(text)) {
            out.printf("  %-20s  %s%n", label, line);
            label = "";
        }
    }

    /** Broken at spaces; a word longer than a line stands alone. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > COLUMNS - TIME_COLUMNS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    void summarise(List<Performance> played) {
        String row = "%-13s %-21s %-21s %8s %9s  %s%n";
        out.println();
        out.printf(ink(BOLD, row), "call", "expected", "actual", "cut-off", "dead air", "heard (caller left)");
        for (Performance one : played) {
            Outcome outcome = one.outcome();
            boolean asExpected = one.unmet().isEmpty();
            out.printf(
                    asExpected ? row : ink(RED, row),
                    one.scenario().name(),
                    one.scenario().expected().brief(),
                    outcome.brief() + (asExpected ? "" : " (!)"),
                    outcome.cutOffMs() + " ms",
                    ms(outcome.deadAirMs()),
                    one.recording().getFileName());
        }
        out.flush();
    }

    private static String ms(double ms) {
        return Double.isNaN(ms) ? "-" : String.format(Locale.ROOT, "%.1f ms", ms);
    }

    private String ink(String colour, String text) {
        return coloured
                ? "\u001B[" + colour + "m" + text.replace("%n", "\u001B[0m%n")
                        + (text.contains("%n") ? "" : "\u001B[0m")
                : text;
    }
}
