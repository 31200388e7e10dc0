package io.ringdown.bridge.model.openai;

import io.netty.buffer.ByteBuf;
import io.ringdown.bridge.json.CanonicalBase64;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns the messages of one session into {@link OpenAiEvents}. What the server does not promise is not relied upon: the
 * order of fields and events, the presence of any, the size of a delta. Nothing a message holds makes it throw. Lane only.
 */
final class OpenAiDecoder {
    private final OpenAiEvents events;
    private final MessageReader reader;
    private final Identifiers identifiers = new Identifiers();
    private final ToolNames toolNames = new ToolNames();
    private final AudioDelta audio = new AudioDelta();
    private ServerMessage message;
    private boolean configured;

    OpenAiDecoder(OpenAiEvents events, MessageReader reader) {
        this.events = events;
        this.reader = reader;
    }

    /**
     * Decodes one message, which stays the caller's. False when the events had no room for it: the same bytes are to be
     * brought again.
     */
    boolean decode(ByteBuf bytes) {
        reader.load(bytes);
        if (reader.isPlainDelta()) {
            return onPlainDelta();
        }
        message = reader.message();
        if (message == null) {
            return passOver(ModelCounter.MESSAGES_MALFORMED);
        }
        return message.event() == null ? passOver(ModelCounter.MESSAGES_INCOMPLETE) : dispatch();
    }

    private boolean dispatch() {
        return switch (message.event()) {
            case SESSION_CREATED ->
                events.sessionCreated(identifiers.intern(message.text("session.id")), message.text("session.model"));
            case SESSION_UPDATED -> onSessionUpdated();
            case ERROR -> onError();
            case SPEECH_STARTED -> events.speechStarted(itemId());
            case SPEECH_STOPPED -> events.speechStopped();
            case CALLER_TRANSCRIBED ->
                events.callerTranscribed(itemId(), message.text("transcript"), TranscriptionUsage.of(message));
            case CALLER_TRANSCRIPTION_FAILED -> events.callerTranscribed(itemId(), null, TranscriptionUsage.NONE);
            case RESPONSE_CREATED -> onResponseCreated();
            case OUTPUT_ITEM_ADDED -> onOutputItemAdded();
            case AUDIO_DELTA -> onAudioDelta();
            case AUDIO_DONE -> onAudioDone();
            case TRANSCRIPT_DONE -> onTranscriptDone();
            case ARGUMENTS_DONE -> onArgumentsDone();
            case RESPONSE_DONE -> onResponseDone();
            case IGNORED -> passOver(ModelCounter.MESSAGES_IGNORED);
            case UNKNOWN -> passOver(ModelCounter.MESSAGES_UNKNOWN);
        };
    }

    private boolean onSessionUpdated() {
        boolean matches = isMuLaw("input") && isMuLaw("output");
        configured |= matches;
        return events.sessionUpdated(matches);
    }

    /** Where GA, a clone of it, and the beta keep the format of a {@code direction}. */
    private boolean isMuLaw(String direction) {
        String format = "session.audio." + direction + ".format";
        String name = message.text(format + ".type", format);
        if (name == null) {
            name = message.text("session." + direction + "_audio_format");
        }
        return "audio/pcmu".equals(name) || "g711_ulaw".equals(name);
    }

    private boolean onError() {
        String type = message.text("error.type");
        String code = message.text("error.code");
        String eventId = message.text("error.event_id");
        OpenAiError error = OpenAiError.of(type, code, eventId, configured);
        return events.failed(error, code == null ? type : code, eventId);
    }

    private boolean onResponseCreated() {
        String responseId = identifiers.intern(message.text("response.id"));
        if (responseId == null) {
            return passOver(ModelCounter.MESSAGES_INCOMPLETE);
        }
        return events.responseCreated(responseId, purpose());
    }

    private ResponsePurpose purpose() {
        String asked = message.text("response.metadata." + OpenAiEncoder.PURPOSE);
        for (ResponsePurpose purpose : ResponsePurpose.values()) {
            if (purpose.name().equals(asked)) {
                return purpose;
            }
        }
        return ResponsePurpose.TURN;
    }

    private boolean onOutputItemAdded() {
        toolNames.put(message.text("item.call_id"), message.text("item.name"));
        return passOver(ModelCounter.MESSAGES_IGNORED);
    }

    private boolean onPlainDelta() {
        String responseId = intern(reader.responseId());
        String itemId = intern(reader.itemId());
        if (responseId == null || itemId == null) {
            return passOver(ModelCounter.MESSAGES_INCOMPLETE);
        }
        audio.of(responseId, itemId, reader.contentIndex());
        return showAudio(reader.text(), reader.start(reader.delta()), reader.length(reader.delta()));
    }

    private String intern(int member) {
        return identifiers.intern(reader.text(), reader.start(member), reader.length(member));
    }

    private boolean onAudioDelta() {
        String responseId = responseId();
        String itemId = itemId();
        String delta = message.text("delta");
        if (responseId == null || itemId == null || delta == null) {
            return passOver(ModelCounter.MESSAGES_INCOMPLETE);
        }
        audio.of(responseId, itemId, message.contentIndex());
        byte[] text = delta.getBytes(StandardCharsets.ISO_8859_1);
        return showAudio(text, 0, text.length);
    }

    private boolean showAudio(byte[] text, int start, int length) {
        int bytes = CanonicalBase64.decodedLength(text, start, length);
        if (bytes == CanonicalBase64.NOT_CANONICAL) {
            return repairAudio(Arrays.copyOfRange(text, start, start + length));
        }
        if (bytes == 0) {
            return true;
        }
        audio.text(text, start, length);
        boolean taken = events.audioDelta(audio);
        audio.clear();
        return taken;
    }

    /** What the carrier gets is canonical, or it is not sent. */
    private boolean repairAudio(byte[] text) {
        byte[] canonical = CanonicalBase64.reencode(text);
        if (canonical == null) {
            return passOver(ModelCounter.AUDIO_UNDECODABLE);
        }
        boolean taken = showAudio(canonical, 0, canonical.length);
        if (taken) {
            events.counted(ModelCounter.AUDIO_REPAIRED);
        }
        return taken;
    }

    private boolean onAudioDone() {
        if (responseId() == null || itemId() == null) {
            return passOver(ModelCounter.MESSAGES_INCOMPLETE);
        }
        return events.audioDone(responseId(), itemId(), message.contentIndex());
    }

    private boolean onTranscriptDone() {
        String transcript = message.text("transcript");
        if (responseId() == null || itemId() == null || transcript == null) {
            return passOver(ModelCounter.MESSAGES_INCOMPLETE);
        }
        return events.transcriptDone(responseId(), itemId(), message.contentIndex(), transcript);
    }

    private boolean onArgumentsDone() {
        String callId = identifiers.intern(message.text("call_id"));
        if (responseId() == null || callId == null) {
            return passOver(ModelCounter.MESSAGES_INCOMPLETE);
        }
        String name = message.text("name");
        return events.toolCalled(responseId(), callId, name == null ? toolNames.of(callId) : name);
    }

    private boolean onResponseDone() {
        String responseId = identifiers.intern(message.text("response.id"));
        ResponseStatus status = status();
        if (responseId == null || status == null) {
            return passOver(ModelCounter.MESSAGES_INCOMPLETE);
        }
        return events.responseDone(responseId, status, TokenUsage.of(message));
    }

    private ResponseStatus status() {
        String status = message.text("response.status");
        if (status == null) {
            return null;
        }
        return switch (status) {
            case "completed" -> ResponseStatus.COMPLETED;
            case "cancelled" -> ResponseStatus.CANCELLED;
            case "incomplete" -> ResponseStatus.INCOMPLETE;
            case "failed" -> isAboutQuota() ? ResponseStatus.FAILED_QUOTA : ResponseStatus.FAILED;
            default -> null;
        };
    }

    /** The details may be a bare string instead of an object. */
    private boolean isAboutQuota() {
        String details = "response.status_details";
        return OpenAiError.isQuota(message.text(details + ".error.code"))
                || OpenAiError.isQuota(message.text(details + ".error.type"))
                || OpenAiError.isQuota(message.text(details));
    }

    private String responseId() {
        return identifiers.intern(message.text("response_id"));
    }

    private String itemId() {
        return identifiers.intern(message.text("item_id"));
    }

    private boolean passOver(ModelCounter why) {
        events.counted(why);
        return true;
    }
}
