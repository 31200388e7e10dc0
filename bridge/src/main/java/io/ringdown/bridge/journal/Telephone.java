package io.ringdown.bridge.journal;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.journal.CommandType;
import io.ringdown.engine.journal.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The caller's side of a timeline: when they spoke, over whom, and which marks came back. */
final class Telephone {
    private final Clock clock;
    private final List<Timeline.Span> speech = new ArrayList<>();
    private final List<Timeline.BargeIn> bargeIns = new ArrayList<>();
    private final Map<String, Timeline.Mark> marks = new LinkedHashMap<>();
    private Double speaksSinceMs;

    Telephone(Clock clock) {
        this.clock = clock;
    }

    void add(Entry entry) {
        if (entry instanceof Entry.Happened happened) {
            event(happened.event());
        } else if (entry instanceof Entry.Commanded command) {
            command(command);
        }
    }

    private void event(CallEvent event) {
        double ms = clock.lastMs();
        switch (event.type()) {
            case SPEECH_STARTED -> speaksSinceMs = speaksSinceMs == null ? Double.valueOf(ms) : speaksSinceMs;
            case SPEECH_STOPPED -> endSpeech();
            case MARK_SENT -> marks.putIfAbsent(name(event), new Timeline.Mark(name(event), ms, null));
            case MARK_ECHOED ->
                marks.computeIfPresent(
                        name(event),
                        (name, mark) -> mark.echoedMs() != null ? mark : new Timeline.Mark(name, mark.sentMs(), ms));
            default -> {}
        }
    }

    private void endSpeech() {
        if (speaksSinceMs != null) {
            speech.add(new Timeline.Span(speaksSinceMs, clock.lastMs()));
            speaksSinceMs = null;
        }
    }

    private void command(Entry.Commanded command) {
        if (command.type() == CommandType.CLEAR && command.arguments().get(0) == DropReason.BARGE_IN) {
            bargeIns.add(new Timeline.BargeIn(clock.lastMs()));
        }
    }

    private static String name(CallEvent event) {
        return "g" + event.generation() + ".m" + event.mark();
    }

    /** Whoever still speaks does so to the end. */
    List<Timeline.Span> callerSpeech() {
        endSpeech();
        return speech;
    }

    List<Timeline.Mark> marks() {
        return List.copyOf(marks.values());
    }

    List<Timeline.BargeIn> bargeIns() {
        return bargeIns;
    }
}
