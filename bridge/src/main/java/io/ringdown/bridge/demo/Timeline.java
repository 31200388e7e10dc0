package io.ringdown.bridge.demo;

import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What everybody around a call saw, in one order: the carrier, the model, the carrier's API, and the call's log. */
final class Timeline {
    private static final int BYTES_PER_MS = 8;

    /** Of the model's many events, those that decide something. */
    private static final Set<String> TOLD = Set.of(
            "session.updated",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "response.created",
            "response.output_audio.done",
            "response.output_audio_transcript.done",
            "response.done");

    private static final Set<String> ASKED =
            Set.of("session.update", "response.create", "response.cancel", "conversation.item.truncate");

    private record Entry(long atNs, String who, String what, int bytes) {}

    private final List<Entry> entries = new ArrayList<>();

    private Timeline() {}

    static Timeline of(CarrierCall call, SessionRecord model, List<RestRequest> requests, List<TappedLog.Line> log) {
        Timeline timeline = new Timeline();
        call.timeline().forEach(timeline::carrier);
        model.sent().forEach(timeline::model);
        model.received().forEach(timeline::asked);
        requests.forEach(
                request -> timeline.add(request.atNs(), "rest", "Status=completed, answered " + request.status()));
        log.forEach(line -> timeline.add(line.atNs(), "ringdown", line.text()));
        timeline.entries.sort(Comparator.comparingLong(Entry::atNs));
        return timeline;
    }

    private void add(long atNs, String who, String what) {
        entries.add(new Entry(atNs, who, what, 0));
    }

    private void carrier(CallMoment moment) {
        switch (moment.kind()) {
            case MEDIA_RECEIVED -> entries.add(new Entry(moment.atNs(), "carrier", "model audio", moment.bytes()));
            case CLEAR_RECEIVED -> add(moment.atNs(), "carrier", "clear: forgets all audio it holds");
            case MARK_ECHOED -> add(moment.atNs(), "carrier", "mark " + moment.detail() + " echoed");
            case START_SENT -> add(moment.atNs(), "carrier", "start");
            case STOP_SENT -> add(moment.atNs(), "carrier", "stop");
            case ACTION -> add(moment.atNs(), "caller", moment.detail());
            default -> {}
        }
    }

    private void model(SessionRecord.Sent sent) {
        if (sent.audioBytes() > 0) {
            entries.add(new Entry(sent.atNs(), "model", "audio deltas", sent.audioBytes()));
        } else if (TOLD.contains(sent.type())) {
            add(sent.atNs(), "model", sent.type());
        }
    }

    private void asked(SessionRecord.Received received) {
        if (ASKED.contains(received.type())) {
            add(received.atNs(), "model", "<- " + received.type() + truncation(received));
        }
    }

    private static String truncation(SessionRecord.Received received) {
        return received.type().endsWith("truncate")
                ? " at " + received.event().path("audio_end_ms").asInt() + " ms"
                : "";
    }

    /** One line an entry; runs of audio are one line, with what they sum up to. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        long startNs = entries.isEmpty() ? 0 : entries.get(0).atNs();
        for (int i = 0; i < entries.size(); ) {
            Entry first = entries.get(i);
            int bytes = 0;
            int messages = 0;
            do {
                bytes += entries.get(i).bytes();
                messages++;
                i++;
            } while (first.bytes() > 0 && i < entries.size() && isSameAudio(first, entries.get(i)));
            String audio = bytes == 0 ? "" : ", " + messages + " messages, " + bytes / BYTES_PER_MS + " ms";
            lines.add(String.format(
                    "%,8d ms  %-8s  %s%s", (first.atNs() - startNs) / 1_000_000, first.who(), first.what(), audio));
        }
        return lines;
    }

    private static boolean isSameAudio(Entry first, Entry next) {
        return next.bytes() > 0 && next.who().equals(first.who());
    }
}
