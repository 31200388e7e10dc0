package io.ringdown.bridge.journal;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.journal.CommandType;
import io.ringdown.engine.journal.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is worth a line of a timeline. Audio flows, and is told once a response. */
final class Moments {
    private static final int BYTES_PER_MS = 8;

    private static final Set<EventType> FLOW = Set.of(
            EventType.CALLER_AUDIO,
            EventType.AUDIO_STAGED,
            EventType.AUDIO_SENT,
            EventType.TX_PROGRESSED,
            EventType.TX_DRAINED,
            EventType.MARK_SENT);

    private static final Set<CommandType> QUIET = Set.of(
            CommandType.FORWARD_CALLER_AUDIO,
            CommandType.QUEUE_AUDIO,
            CommandType.DROP_AUDIO,
            CommandType.STAGE_MARK,
            CommandType.QUEUE_MARK);

    private final Clock clock;
    private final List<Timeline.Moment> moments = new ArrayList<>();
    private final Map<String, Flow> flows = new HashMap<>();
    private int responses;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The audio of one response: where it is told, and how much it has become. */
    private static final class Flow {
        final int index;
        long bytes;
        int deltas;

        Flow(int index) {
            this.index = index;
        }
    }

    Moments(Clock clock) {
        this.clock = clock;
    }

    void add(Entry entry) {
        if (entry instanceof Entry.Opened opened) {
            line("event", "connected", "agent " + opened.settings().agent(), null);
        } else if (entry instanceof Entry.Happened happened) {
            event(happened.event());
        } else if (entry instanceof Entry.Commanded command) {
            command(command);
        } else if (entry instanceof Entry.Failed failure) {
            line("note", "failed", failure.cause(), null);
        } else if (entry instanceof Entry.Gap) {
            line("note", "gap", "records are missing here", null);
        }
    }

    private void event(CallEvent event) {
        if (FLOW.contains(event.type())) {
            return;
        }
        switch (event.type()) {
            case AUDIO_DELTA -> audio(event);
            case DEADLINE_PASSED -> line("timer", name(event.type()), null, null);
            case RESPONSE_CREATED -> {
                numbers.putIfAbsent(event.responseId(), responses + 1);
                responses = numbers.size();
                line(event, event.responseId() + ", " + name(event.purpose()));
            }
            case RESPONSE_DONE -> line(event, name(event.status()));
            case AUDIO_REFUSED, OUT_OVERRUN ->
                line(event, event.bytes() / BYTES_PER_MS + " ms, " + name(event.dropReason()));
            case MARK_ECHOED -> line(event, "g" + event.generation() + ".m" + event.mark());
            case OPERATOR_HUNG_UP, SHUT_DOWN -> line(event, event.polite() ? "politely" : "at once");
            default -> line(event, event.text());
        }
    }

    private void audio(CallEvent event) {
        Flow flow = flows.get(event.responseId());
        if (flow == null) {
            flow = new Flow(moments.size());
            flows.put(event.responseId(), flow);
            line(event, null);
        }
        flow.bytes += event.bytes();
        flow.deltas++;
        Timeline.Moment first = moments.get(flow.index);
        String text = flow.bytes / BYTES_PER_MS + " ms in " + flow.deltas + " deltas, from here to "
                + String.format(Locale.ROOT, "%.0f ms", clock.lastMs());
        moments.set(flow.index, new Timeline.Moment(first.ms(), first.kind(), first.name(), text, first.response()));
    }

    private void command(Entry.Commanded command) {
        if (QUIET.contains(command.type())) {
            return;
        }
        List<Object> arguments = command.arguments();
        switch (command.type()) {
            case NOTE -> line("note", (String) arguments.get(0), (String) arguments.get(1), null);
            case CONDITIONS_NOT_MET -> line("note", "waits_for", waits((List<?>) arguments.get(1)), null);
            case GOODBYE_DETECTED -> line("note", "goodbye_detected", null, numbers.get((String) arguments.get(0)));
            default -> line("command", name(command.type()), words(arguments), null);
        }
    }

    private static String waits(List<?> conditions) {
        return conditions.stream()
                .map(condition -> ((HangupCondition) condition).logName())
                .collect(Collectors.joining(", "));
    }

    private static String words(List<Object> arguments) {
        return arguments.isEmpty()
                ? null
                : arguments.stream()
                        .map(argument ->
                                argument instanceof Enum<?> constant ? name(constant) : String.valueOf(argument))
                        .collect(Collectors.joining(", "));
    }

    private void line(CallEvent event, String text) {
        Integer response = event.responseId() == null
                ? event.response() == 0 ? null : Integer.valueOf(event.response())
                : numbers.get(event.responseId());
        line("event", name(event.type()), text, response);
    }

    private void line(String kind, String name, String text, Integer response) {
        moments.add(new Timeline.Moment(clock.lastMs(), kind, name, text, response));
    }

    private static String name(Enum<?> constant) {
        return constant == null ? "unknown" : constant.name().toLowerCase(Locale.ROOT);
    }

    void note(String text) {
        line("note", "replay", text, null);
    }

    List<Timeline.Moment> all() {
        return moments;
    }
}
