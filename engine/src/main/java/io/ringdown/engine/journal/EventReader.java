package io.ringdown.engine.journal;

import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import java.util.function.Function;

/** Reads the events of one call as {@link CallJournal} wrote them. All their audio is one frame, which holds no sound. */
final class EventReader {
    private static final int MAX_AUDIO_BYTES = 64 * 1_024;

    private final RecentTexts recent;
    private final Frame frame;
    private long nextAudioMs = -1;
    private int audioBytes;

    /** @param frame a {@link #soundlessFrame}, which readers of other calls may have too: an event copies what it needs of it */
    EventReader(RecentTexts recent, Frame frame) {
        this.recent = recent;
        this.frame = frame;
    }

    /** As large as the largest that can be read. */
    static Frame soundlessFrame() {
        return new FramePool(Base64Text.length(MAX_AUDIO_BYTES), 1).acquire();
    }

    /** Of a call whose beginning is gone, when that is cannot be known. */
    CallEvent nextCallerAudio() {
        return callerAudio(audioBytes, Math.max(0, nextAudioMs));
    }

    private CallEvent callerAudio(int bytes, long timestampMs) {
        CallEvent event = new CallEvent();
        event.callerAudio(audio(bytes), timestampMs);
        audioBytes = bytes;
        nextAudioMs = timestampMs + bytes / MuLaw.BYTES_PER_MS;
        return event;
    }

    private Frame audio(int bytes) {
        if (bytes < 0 || bytes > MAX_AUDIO_BYTES) {
            throw new IllegalArgumentException("audio of " + bytes + " bytes");
        }
        frame.filled(Base64Text.length(bytes), bytes);
        return frame;
    }

    CallEvent read(EventType type, RecordReader in, Vocabulary words, Function<Integer, CallSettings> settings) {
        CallEvent event = new CallEvent();
        switch (type) {
            case CALL_STARTED -> {
                String callSid = in.text(recent);
                int number = in.smallNumber();
                event.callStarted(callSid, number == 0 ? null : settings.apply(number));
            }
            case CALLER_AUDIO -> {
                int bytes = in.smallNumber();
                return callerAudio(bytes, in.number());
            }
            case MARK_ECHOED -> event.markEchoed(in.smallNumber(), in.smallNumber());
            case MARK_SENT -> event.markSent(in.smallNumber(), in.smallNumber());
            case CALLER_TRANSCRIBED -> event.callerTranscribed(in.text(recent), in.spoken());
            case RESPONSE_CREATED -> event.responseCreated(in.text(recent), constant(ResponsePurpose.class, in, words));
            case AUDIO_DELTA ->
                event.audioDelta(in.text(recent), in.text(recent), in.smallNumber(), audio(in.smallNumber()));
            case AUDIO_REFUSED ->
                event.audioRefused(in.text(recent), in.smallNumber(), constant(DropReason.class, in, words));
            case OUT_OVERRUN -> event.outOverrun(in.smallNumber());
            case AUDIO_DONE -> event.audioDone(in.text(recent), in.text(recent), in.smallNumber());
            case TRANSCRIPT_DONE ->
                event.transcriptDone(in.text(recent), in.text(recent), in.smallNumber(), in.spoken());
            case TOOL_CALLED -> event.toolCalled(in.text(recent), in.text(recent), in.text(recent));
            case RESPONSE_DONE -> event.responseDone(in.text(recent), constant(ResponseStatus.class, in, words));
            case AUDIO_STAGED, AUDIO_SENT -> {
                int response = in.smallNumber();
                int part = in.smallNumber();
                int generation = in.smallNumber();
                frame.belongsTo(response, part, generation);
                event.audioMoved(type, audio(in.smallNumber()));
            }
            case OPERATOR_HUNG_UP -> event.operatorHungUp(in.bool());
            case SHUT_DOWN -> event.shutDown(in.bool());
            case DIGIT_PRESSED -> event.happened(type);
            default -> event.failed(type, in.spoken());
        }
        return event;
    }

    static <E extends Enum<E>> E constant(Class<E> type, RecordReader in, Vocabulary words) {
        int number = in.tag();
        return number == 0 ? null : words.constant(type, number - 1);
    }
}
