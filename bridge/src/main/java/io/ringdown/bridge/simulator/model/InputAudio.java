package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.simulator.model.ModelScript.Heard;
import java.util.concurrent.TimeUnit;

/** The input audio buffer: the caller's sound, the turns found in it, and their transcriptions. Event loop only. */
final class InputAudio implements SpeechDetector.Listener {
    private static final int MIN_COMMIT_MS = 100;

    private final Wire wire;
    private final SessionConfig config;
    private final ModelScript script;
    private final Conversation conversation;
    private final Responses responses;
    private final SpeechDetector detector = new SpeechDetector(this);
    private long uncommittedBytes;
    private String itemId;
    private int turns;

    InputAudio(Wire wire, SessionConfig config, ModelScript script, Conversation conversation, Responses responses) {
        this.wire = wire;
        this.config = config;
        this.script = script;
        this.conversation = conversation;
        this.responses = responses;
    }

    void append(byte[] mulaw) {
        uncommittedBytes += mulaw.length;
        if (script.hearing()) {
            config.turnDetection().ifPresent(settings -> detector.hear(mulaw, settings));
        }
    }

    void clear() {
        uncommittedBytes = 0;
        wire.send(wire.event("input_audio_buffer.cleared"));
    }

    void commitByClient() {
        if (uncommittedBytes < MIN_COMMIT_MS * MuLaw.BYTES_PER_MS) {
            String message = "Error committing input audio buffer: buffer too small.";
            throw new Refusal("input_audio_buffer_commit_empty", message, null);
        }
        commit(wire.newId("item"));
    }

    @Override
    public void onSpeechStarted(long audioStartMs) {
        startSpeech(wire.newId("item"), audioStartMs);
    }

    /** The caller is heard to speak, by the detector or because a test says so. */
    void startSpeech(String futureItemId, long audioStartMs) {
        itemId = futureItemId;
        ObjectNode started = wire.event("input_audio_buffer.speech_started");
        wire.send(started.put("audio_start_ms", audioStartMs).put("item_id", itemId));
        if (config.turnDetection().map(TurnDetection::interruptResponse).orElse(false)) {
            responses.interrupt();
        }
    }

    @Override
    public void onSpeechStopped(long audioEndMs) {
        if (itemId == null) {
            throw new IllegalStateException("speech stopped that never started: audioEndMs=" + audioEndMs);
        }
        ObjectNode stopped = wire.event("input_audio_buffer.speech_stopped");
        wire.send(stopped.put("audio_end_ms", audioEndMs).put("item_id", itemId));
        commit(itemId);
        itemId = null;
        if (config.turnDetection().map(TurnDetection::createResponse).orElse(false)) {
            responses.answerTurn();
        }
    }

    long heardMs() {
        return detector.heardMs();
    }

    private void commit(String userItemId) {
        uncommittedBytes = 0;
        ObjectNode committed = wire.event("input_audio_buffer.committed");
        wire.send(committed.put("previous_item_id", conversation.lastItemId()).put("item_id", userItemId));
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("id", userItemId);
        item.put("object", "realtime.item").put("type", "message").put("status", "completed");
        item.put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "input_audio")
                .putNull("transcript");
        conversation.add(item, false);
        conversation.done(item);
        ModelScript.Turn turn = script.turn(turns++);
        responses.turnCommitted(turn.reply());
        transcribe(userItemId, turn.heard());
    }

    private void transcribe(String userItemId, Heard heard) {
        boolean silent = heard.text() == null && heard.errorCode() == null;
        if (silent || !config.transcribes()) {
            return;
        }
        ObjectNode event = transcription(heard).put("item_id", userItemId).put("content_index", 0);
        if (heard.afterMs() == 0) {
            wire.send(event);
        } else {
            wire.after(TimeUnit.MILLISECONDS.toNanos(heard.afterMs()), () -> wire.send(event));
        }
    }

    private ObjectNode transcription(Heard heard) {
        String prefix = "conversation.item.input_audio_transcription.";
        if (heard.errorCode() != null) {
            ObjectNode failed = wire.event(prefix + "failed");
            failed.putObject("error")
                    .put("type", "transcription_error")
                    .put("code", heard.errorCode())
                    .put("message", "Input transcription failed.")
                    .putNull("param");
            return failed;
        }
        ObjectNode completed = wire.event(prefix + "completed").put("transcript", heard.text());
        completed.putObject("usage").put("type", "duration").put("seconds", 1);
        return completed;
    }
}
