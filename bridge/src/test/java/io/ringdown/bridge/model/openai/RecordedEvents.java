package io.ringdown.bridge.model.openai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes down what a decoder shows, one line each, and can be full. */
final class RecordedEvents implements OpenAiEvents {
    final List<String> lines = new ArrayList<>();
    final Map<ModelCounter, Integer> counts = new EnumMap<>(ModelCounter.class);
    boolean full;
    boolean deaf;
    String lastResponseId;
    String lastItemId;
    TokenUsage lastUsage;
    TranscriptionUsage lastTranscription;

    private final OpenAiDecoder decoder = new OpenAiDecoder(this, new MessageReader());

    /** Decodes {@code json} from a buffer of its own, which may not be kept. */
    boolean decode(String json) {
        ByteBuf bytes = Unpooled.directBuffer().writeBytes(json.getBytes(StandardCharsets.UTF_8));
        try {
            return decoder.decode(bytes);
        } finally {
            bytes.release();
        }
    }

    boolean decode(ByteBuf bytes) {
        return decoder.decode(bytes);
    }

    int count(ModelCounter counter) {
        return counts.getOrDefault(counter, 0);
    }

    private boolean note(String line) {
        if (full) {
            return false;
        }
        return lines.add(line);
    }

    @Override
    public boolean sessionCreated(String sessionId, String model) {
        return note("session created");
    }

    @Override
    public boolean sessionUpdated(boolean matches) {
        return note("session updated, matches=" + matches);
    }

    @Override
    public boolean failed(OpenAiError error, String what, String eventId) {
        return note("failed " + error + " " + what + " " + eventId);
    }

    @Override
    public boolean speechStarted(String itemId) {
        return note("speech started " + itemId);
    }

    @Override
    public boolean speechStopped() {
        return note("speech stopped");
    }

    @Override
    public boolean callerTranscribed(String itemId, String transcript, TranscriptionUsage usage) {
        lastTranscription = usage;
        return note("caller " + itemId + ": " + transcript);
    }

    @Override
    public boolean responseCreated(String responseId, ResponsePurpose purpose) {
        return note("created " + responseId + " " + purpose);
    }

    @Override
    public boolean audioDelta(AudioDelta delta) {
        if (deaf) {
            return true;
        }
        lastResponseId = delta.responseId();
        lastItemId = delta.itemId();
        byte[] text = new byte[delta.chars()];
        delta.copy(0, text.length, text);
        return note("audio " + delta.responseId() + " " + delta.itemId() + "/" + delta.contentIndex() + " "
                + delta.bytes(0, text.length) + " " + new String(text, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean audioDone(String responseId, String itemId, int contentIndex) {
        return note("audio done " + responseId + " " + itemId + "/" + contentIndex);
    }

    @Override
    public boolean transcriptDone(String responseId, String itemId, int contentIndex, String transcript) {
        return note("transcript " + responseId + " " + itemId + "/" + contentIndex + ": " + transcript);
    }

    @Override
    public boolean toolCalled(String responseId, String toolCallId, String tool) {
        return note("tool " + responseId + " " + toolCallId + " '" + tool + "'");
    }

    @Override
    public boolean responseDone(String responseId, ResponseStatus status, TokenUsage usage) {
        lastUsage = usage;
        return note("done " + responseId + " " + status);
    }

    @Override
    public void counted(ModelCounter counter) {
        counts.merge(counter, 1, Integer::sum);
    }
}
