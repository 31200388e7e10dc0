package io.ringdown.bridge.journal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link Timeline} for people, line by line. What callers and peers said is printed so that it cannot forge a line. */
public final class TimelineText {
    private static final int MAX_TEXT_CHARS = 160;

    private final Timeline call;
    private final PrintWriter out;

    private TimelineText(Timeline call, PrintWriter out) {
        this.call = call;
        this.out = out;
    }

    public static void print(Timeline call, PrintWriter out) {
        new TimelineText(call, out).print();
        out.flush();
    }

    private void print() {
        say(
                "%s, agent %s, on %s, opened %s, %.1f s%s",
                call.callSid(), call.agent(), call.lane(), call.openedAt(), call.durationMs() / 1_000, state());
        say("");
        say("%12s  %-8s %-22s %s", "ms", "", "", "");
        for (Timeline.Moment moment : call.moments()) {
            moment(moment);
        }
        spans();
        conditions();
        end();
    }

    private String state() {
        String live = call.live() ? ", live" : "";
        return live + (call.complete() ? "" : ", the journal has not all of it");
    }

    private void moment(Timeline.Moment moment) {
        String response = moment.response() == null ? "" : "response " + moment.response() + " ";
        say(
                "%12.3f  %-8s %-22s %s%s",
                moment.ms(), moment.kind(), printable(moment.name()), response, printable(moment.text()));
    }

    private void spans() {
        say("");
        for (Timeline.Span speech : call.callerSpeech()) {
            say("caller spoke        %s", span(speech));
        }
        for (Timeline.Heard heard : call.modelAudio()) {
            say(
                    "caller heard        %s  response %d%s",
                    span(new Timeline.Span(heard.fromMs(), heard.toMs())),
                    heard.response(),
                    heard.cut() ? ", the rest was cut" : "");
        }
        for (Timeline.BargeIn bargeIn : call.bargeIns()) {
            say("barge-in            %.3f", bargeIn.ms());
        }
        List<String> lost = call.marks().stream()
                .filter(mark -> mark.echoedMs() == null)
                .map(Timeline.Mark::name)
                .toList();
        say(
                "marks               %d sent, %d echoed%s",
                call.marks().size(),
                call.marks().size() - lost.size(),
                lost.isEmpty() ? "" : ", not " + String.join(", ", lost));
    }

    private void conditions() {
        if (call.conditions().isEmpty()) {
            return;
        }
        say("");
        say(
                "conditions of a hangup at the end of response %d, and when they held",
                call.end().response());
        for (Timeline.Condition condition : call.conditions()) {
            boolean last = condition.name().equals(call.end().lastCondition());
            String held = condition.spans().stream().map(TimelineText::span).collect(Collectors.joining(", "));
            say("  %-18s %s%s", condition.name(), held.isEmpty() ? "never" : held, last ? "  <- the last" : "");
        }
    }

    private void end() {
        Timeline.End end = call.end();
        say("");
        if (end.reason() != null) {
            say(
                    "%s at %.3f: %s%s%s%s",
                    call.live() ? "ordered to end" : "ended",
                    end.atMs(),
                    end.reason(),
                    end.via() == null ? "" : ", via " + end.via(),
                    end.drain() == null ? "" : ", drain " + end.drain(),
                    end.confirmedMs() == null ? "" : ", taken by the carrier at " + ms(end.confirmedMs()));
        } else if (call.live()) {
            say("has not ended");
        } else {
            say("no end in the journal: whoever wrote it was killed, or lost it");
        }
        if (end.whyNot() != null) {
            say("why not: %s", printable(end.whyNot()));
        }
    }

    private static String span(Timeline.Span span) {
        return ms(span.fromMs()) + " - " + ms(span.toMs());
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, "%.3f", ms);
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private static String printable(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MAX_TEXT_CHARS).forEach(c -> {
            int type = Character.getType(c);
            boolean garbling = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            line.append(garbling ? String.format("\\u%04x", c) : Character.toString(c));
        });
        return text.codePointCount(0, text.length()) > MAX_TEXT_CHARS ? line + "…" : line.toString();
    }
}
