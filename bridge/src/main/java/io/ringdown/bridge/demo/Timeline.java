package io.ringdown.bridge.demo;

import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.HeardPiece;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What everybody around a call saw, in one order: the carrier, its caller, the model, the carrier's API, and the call's log. */
final class Timeline {
    private static final int BYTES_PER_MS = 8;
    private static final long NS_PER_BYTE = 125_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long PAUSE_NS = 100 * NS_PER_MS;
    private static final String AUDIO_DONE = "response.output_audio.done";

    /** Of the model's many events, those that decide something. */
    private static final Set<String> TOLD = Set.of(
            "session.updated",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "response.created",
            AUDIO_DONE,
            "response.output_audio_transcript.done",
            "response.done");

    private static final Set<String> ASKED =
            Set.of("session.update", "response.create", "response.cancel", "conversation.item.truncate");

    /** {@code atNs} counts from the first moment of the call. */
    record Entry(long atNs, String who, String what) {
        long atMs() {
            return atNs / NS_PER_MS;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Long> spokenBytes = new HashMap<>();

    private Timeline() {}

    static List<Entry> of(CarrierCall call, SessionRecord model, List<RestRequest> requests, List<TappedLog.Line> log) {
        Timeline timeline = new Timeline();
        call.timeline().forEach(timeline::carrier);
        timeline.heard(call.heard());
        model.sent().forEach(timeline::model);
        model.received().forEach(timeline::asked);
        requests.forEach(
                request -> timeline.add(request.atNs(), "rest", "POST Status=completed, answered " + request.status()));
        timeline.log(log);
        return timeline.sinceStart();
    }

    private List<Entry> sinceStart() {
        entries.sort(Comparator.comparingLong(Entry::atNs));
        long startNs = entries.isEmpty() ? 0 : entries.get(0).atNs();
        return entries.stream()
                .map(entry -> new Entry(entry.atNs() - startNs, entry.who(), entry.what()))
                .toList();
    }

    private void add(long atNs, String who, String what) {
        entries.add(new Entry(atNs, who, what));
    }

    private void carrier(CallMoment moment) {
        switch (moment.kind()) {
            case CLEAR_RECEIVED -> add(moment.atNs(), "carrier", "<- clear: forgets all audio it holds");
            case MARK_ECHOED -> add(moment.atNs(), "carrier", "mark " + moment.detail() + " echoed");
            case START_SENT -> add(moment.atNs(), "carrier", "start");
            case STOP_SENT -> add(moment.atNs(), "carrier", "stop");
            case ACTION -> add(moment.atNs(), "caller", moment.detail());
            default -> {}
        }
    }

    /** From the first to the last sample of what was heard without a pause. */
    private void heard(List<HeardPiece> pieces) {
        long bytes = 0;
        for (int i = 0; i < pieces.size(); i++) {
            HeardPiece piece = pieces.get(i);
            if (bytes == 0) {
                add(piece.startNs(), "caller", "begins to hear the model");
            }
            bytes += piece.muLaw().length;
            long endNs = piece.startNs() + piece.muLaw().length * NS_PER_BYTE;
            if (i + 1 == pieces.size() || pieces.get(i + 1).startNs() - endNs > PAUSE_NS) {
                add(endNs, "caller", "has heard " + bytes / BYTES_PER_MS + " ms, and hears nothing now");
                bytes = 0;
            }
        }
    }

    private void model(SessionRecord.Sent sent) {
        if (sent.audioBytes() > 0) {
            boolean first =
                    spokenBytes.merge(sent.responseId(), (long) sent.audioBytes(), Long::sum) == sent.audioBytes();
            if (first) {
                add(sent.atNs(), "model", "response.output_audio.delta, the first");
            }
        } else if (TOLD.contains(sent.type())) {
            String spoken = sent.type().equals(AUDIO_DONE)
                    ? ", " + spokenBytes.getOrDefault(sent.responseId(), 0L) / BYTES_PER_MS + " ms generated"
                    : "";
            add(sent.atNs(), "model", sent.type() + spoken);
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

    /** As they stand in the log, but not the same line again; behind each, the conditions that have become true since. */
    private void log(List<TappedLog.Line> log) {
        Conditions conditions = new Conditions();
        String before = "";
        for (TappedLog.Line line : log) {
            if (!line.text().equals(before)) {
                add(line.atNs(), "ringdown", line.text());
                conditions.newlyTrue(line.text()).ifPresent(names -> add(line.atNs(), "", "now true: " + names));
            }
            before = line.text();
        }
    }
}
