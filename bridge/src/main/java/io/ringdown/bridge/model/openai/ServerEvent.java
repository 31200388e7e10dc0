package io.ringdown.bridge.model.openai;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of the model that a telephone call meets, by their names, those of the beta included. */
enum ServerEvent {
    SESSION_CREATED("session.created"),
    SESSION_UPDATED("session.updated"),
    ERROR("error"),
    SPEECH_STARTED("input_audio_buffer.speech_started"),
    SPEECH_STOPPED("input_audio_buffer.speech_stopped"),
    CALLER_TRANSCRIBED("conversation.item.input_audio_transcription.completed"),
    CALLER_TRANSCRIPTION_FAILED("conversation.item.input_audio_transcription.failed"),
    RESPONSE_CREATED("response.created"),
    OUTPUT_ITEM_ADDED("response.output_item.added"),
    AUDIO_DELTA("response.output_audio.delta", "response.audio.delta"),
    AUDIO_DONE("response.output_audio.done", "response.audio.done"),
    TRANSCRIPT_DONE("response.output_audio_transcript.done", "response.audio_transcript.done"),
    ARGUMENTS_DONE("response.function_call_arguments.done"),
    RESPONSE_DONE("response.done"),
    IGNORED(
            "conversation.created",
            "conversation.item.added",
            "conversation.item.created",
            "conversation.item.deleted",
            "conversation.item.done",
            "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.segment",
            "conversation.item.retrieved",
            "conversation.item.truncated",
            "input_audio_buffer.cleared",
            "input_audio_buffer.committed",
            "input_audio_buffer.dtmf_event_received",
            "input_audio_buffer.timeout_triggered",
            "rate_limits.updated",
            "response.audio_transcript.delta",
            "response.content_part.added",
            "response.content_part.done",
            "response.function_call_arguments.delta",
            "response.output_audio_transcript.delta",
            "response.output_item.done",
            "response.output_text.delta",
            "response.output_text.done",
            "response.text.delta",
            "response.text.done"),
    UNKNOWN;

    private static final List<String> IGNORED_PREFIXES = List.of("mcp_", "response.mcp_call", "output_audio_buffer.");
    private static final Map<String, ServerEvent> BY_NAME = new HashMap<>();

    static {
        for (ServerEvent event : values()) {
            for (String name : event.names) {
                BY_NAME.put(name, event);
            }
        }
    }

    private final String[] names;

    ServerEvent(String... names) {
        this.names = names;
    }

    /** Never null. */
    static ServerEvent named(String type) {
        ServerEvent event = BY_NAME.get(type);
        if (event != null) {
            return event;
        }
        return IGNORED_PREFIXES.stream().anyMatch(type::startsWith) ? IGNORED : UNKNOWN;
    }
}
