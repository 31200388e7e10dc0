package io.ringdown.engine.journal;

import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.CallEvent;

/** Writes the events of one call, as {@link EventReader} reads them. Lane only. */
final class EventWriter {
    private final LaneJournal lane;
    private final RecentTexts recent;
    private final boolean redacted;
    private long nextAudioMs = -1;
    private int audioBytes;

    EventWriter(LaneJournal lane, RecentTexts recent, boolean redacted) {
        this.lane = lane;
        this.recent = recent;
        this.redacted = redacted;
    }

    void afterLoss() {
        nextAudioMs = -1;
    }

    void write(CallEvent event, BlockWriter block) {
        switch (event.type()) {
            case CALL_STARTED -> {
                int settings = event.settings() == null ? 0 : lane.number(event.settings());
                tag(block, event);
                block.text(event.text(), recent);
                block.number(settings);
            }
            case CALLER_AUDIO -> callerAudio(block, event);
            case MARK_ECHOED, MARK_SENT -> {
                tag(block, event);
                block.number(event.generation());
                block.number(event.mark());
            }
            case CALLER_TRANSCRIBED -> {
                tag(block, event);
                block.text(event.itemId(), recent);
                block.spoken(words(event.text()));
            }
            case RESPONSE_CREATED -> {
                tag(block, event);
                block.text(event.responseId(), recent);
                block.constant(event.purpose());
            }
            case AUDIO_DELTA -> {
                part(block, event);
                block.number(event.bytes());
            }
            case AUDIO_REFUSED -> {
                tag(block, event);
                block.text(event.responseId(), recent);
                block.number(event.bytes());
                block.constant(event.dropReason());
            }
            case OUT_OVERRUN -> {
                tag(block, event);
                block.number(event.response());
            }
            case AUDIO_DONE -> part(block, event);
            case TRANSCRIPT_DONE -> {
                part(block, event);
                block.spoken(words(event.text()));
            }
            case TOOL_CALLED -> {
                tag(block, event);
                block.text(event.responseId(), recent);
                block.text(event.toolCallId(), recent);
                block.text(event.text(), recent);
            }
            case RESPONSE_DONE -> {
                tag(block, event);
                block.text(event.responseId(), recent);
                block.constant(event.status());
            }
            case AUDIO_STAGED, AUDIO_SENT -> {
                tag(block, event);
                block.number(event.response());
                block.number(event.part());
                block.number(event.generation());
                block.number(event.bytes());
            }
            case OPERATOR_HUNG_UP, SHUT_DOWN -> {
                tag(block, event);
                block.tag(event.polite() ? 1 : 0);
            }
            case DIGIT_PRESSED -> tag(block, event); // which one decides nothing, and may be a card's
            default -> {
                tag(block, event);
                block.spoken(event.text());
            }
        }
    }

    /** The caller's next 20 ms take one byte. */
    private void callerAudio(BlockWriter block, CallEvent event) {
        if (event.timestampMs() == nextAudioMs && event.bytes() == audioBytes) {
            block.tag(Layout.NEXT_CALLER_AUDIO);
        } else {
            tag(block, event);
            block.number(event.bytes());
            block.number(event.timestampMs());
        }
        audioBytes = event.bytes();
        nextAudioMs = event.timestampMs() + audioBytes / MuLaw.BYTES_PER_MS;
    }

    private static void tag(BlockWriter block, CallEvent event) {
        block.tag(Layout.FIRST_EVENT + event.type().ordinal());
    }

    private void part(BlockWriter block, CallEvent event) {
        tag(block, event);
        block.text(event.responseId(), recent);
        block.text(event.itemId(), recent);
        block.number(event.contentIndex());
    }

    /** Whether there are any must stay known: the machine asks. */
    private String words(String said) {
        return !redacted || said == null || said.isBlank() ? said : LaneJournal.REDACTED;
    }
}
