package io.ringdown.engine.call;

import io.ringdown.engine.audio.Frame;

/**
 * One thing that happened to a call: a preallocated slot of the lane's ring, filled by the publisher and read by the call
 * machine. What a type does not name holds nothing. Strings are final values; a {@link Frame} changes hands with the event.
 *
 * <p>The publisher fills it between claim and publish, through the one method of its type; nobody writes afterwards.
 */
public final class CallEvent {
    private static final long UNTIMED = Long.MIN_VALUE;

    private EventType type;
    private int slot;
    private int epoch;

    private Frame frame;
    private String responseId;
    private String itemId;
    private String text;
    private CallSettings settings;
    private int contentIndex;
    private ResponseStatus status;
    private ResponsePurpose purpose;
    private DropReason dropReason;
    private long timestampMs;
    private int response;
    private int part;
    private int bytes;
    private int generation;
    private int mark;
    private boolean polite;
    private long readNs = UNTIMED;

    /** When the leg read it, for what follows to be timed; the machine never asks. */
    public void readAt(long nowNs) {
        readNs = nowNs;
    }

    public boolean isTimed() {
        return readNs != UNTIMED;
    }

    /** When it was read, if it {@link #isTimed()}. */
    public long readNs() {
        return readNs;
    }

    /** Addresses the event to the call in {@code slot} of the lane, if it is still the {@code epoch}th there. */
    public CallEvent to(int slot, int epoch) {
        this.slot = slot;
        this.epoch = epoch;
        return this;
    }

    /** The stream's {@code start} was accepted, and the call is what it was opened as. */
    public void callStarted(String callSid) {
        type = EventType.CALL_STARTED;
        text = callSid;
    }

    /** The same, where only the start says which agent answers: the call is to be like {@code settings} from now on. */
    public void callStarted(String callSid, CallSettings settings) {
        callStarted(callSid);
        this.settings = settings;
    }

    /** Audio of the caller; {@code timestampMs} is the carrier's, since the stream began. */
    public void callerAudio(Frame frame, long timestampMs) {
        type = EventType.CALLER_AUDIO;
        this.frame = frame;
        this.bytes = frame.audioBytes();
        this.timestampMs = timestampMs;
    }

    /** The carrier returned a mark: heard, or discarded by a clear. */
    public void markEchoed(int generation, int mark) {
        type = EventType.MARK_ECHOED;
        this.generation = generation;
        this.mark = mark;
    }

    public void digitPressed(String digit) {
        type = EventType.DIGIT_PRESSED;
        text = digit;
    }

    /** The session is as asked for, and ready for audio. Also any other event that says nothing beside its type. */
    public void happened(EventType type) {
        this.type = type;
    }

    /** A leg failed; {@code cause} is for the log. */
    public void failed(EventType type, String cause) {
        this.type = type;
        text = cause;
    }

    /** The caller began to speak; what is said will be {@code itemId}, null if the model does not say. */
    public void speechStarted(String itemId) {
        type = EventType.SPEECH_STARTED;
        this.itemId = itemId;
    }

    /** The caller's words; {@code transcript} is null when the transcription failed. */
    public void callerTranscribed(String itemId, String transcript) {
        type = EventType.CALLER_TRANSCRIBED;
        this.itemId = itemId;
        text = transcript;
    }

    public void responseCreated(String responseId, ResponsePurpose purpose) {
        type = EventType.RESPONSE_CREATED;
        this.responseId = responseId;
        this.purpose = purpose;
    }

    /** Audio of the model. Identifiers are the leg's canonical strings, so that the machine may compare by identity first. */
    public void audioDelta(String responseId, String itemId, int contentIndex, Frame frame) {
        type = EventType.AUDIO_DELTA;
        part(responseId, itemId, contentIndex);
        this.frame = frame;
        this.bytes = frame.audioBytes();
    }

    /** Audio of the model for which there was no room: its response cannot be spoken whole. */
    public void audioRefused(String responseId, int bytes, DropReason reason) {
        type = EventType.AUDIO_REFUSED;
        this.responseId = responseId;
        this.bytes = bytes;
        dropReason = reason;
    }

    /** The lane has no frame left, and the call with response {@code response} in {@code out} holds most of them. */
    public void outOverrun(int response) {
        type = EventType.OUT_OVERRUN;
        this.response = response;
        dropReason = DropReason.POOL_SPENT;
    }

    public void audioDone(String responseId, String itemId, int contentIndex) {
        type = EventType.AUDIO_DONE;
        part(responseId, itemId, contentIndex);
    }

    public void transcriptDone(String responseId, String itemId, int contentIndex, String transcript) {
        type = EventType.TRANSCRIPT_DONE;
        part(responseId, itemId, contentIndex);
        text = transcript;
    }

    /** The model calls {@code tool}; the answer goes to {@code toolCallId}. */
    public void toolCalled(String responseId, String toolCallId, String tool) {
        type = EventType.TOOL_CALLED;
        this.responseId = responseId;
        itemId = toolCallId;
        text = tool;
    }

    public void responseDone(String responseId, ResponseStatus status) {
        type = EventType.RESPONSE_DONE;
        this.responseId = responseId;
        this.status = status;
    }

    /** {@code bytes} of a response went from {@code out} to {@code tx} ({@code AUDIO_STAGED}) or from there to the socket. */
    public void audioMoved(EventType type, Frame frame) {
        this.type = type;
        response = frame.response();
        part = frame.part();
        generation = frame.generation();
        bytes = frame.audioBytes();
    }

    public void markSent(int generation, int mark) {
        type = EventType.MARK_SENT;
        this.generation = generation;
        this.mark = mark;
    }

    /** An operator ends the call: at once, or {@code polite}ly. */
    public void operatorHungUp(boolean polite) {
        type = EventType.OPERATOR_HUNG_UP;
        this.polite = polite;
    }

    /** The server stops: the call ends at once, or {@code polite}ly. */
    public void shutDown(boolean polite) {
        type = EventType.SHUT_DOWN;
        this.polite = polite;
    }

    private void part(String responseId, String itemId, int contentIndex) {
        this.responseId = responseId;
        this.itemId = itemId;
        this.contentIndex = contentIndex;
    }

    public EventType type() {
        return type;
    }

    public int slot() {
        return slot;
    }

    public int epoch() {
        return epoch;
    }

    /** The audio that came with the event, or null once somebody took it. */
    public Frame frame() {
        return frame;
    }

    /** Takes the frame over; the caller now owns it. */
    public Frame takeFrame() {
        Frame taken = frame;
        frame = null;
        return taken;
    }

    public String responseId() {
        return responseId;
    }

    public String itemId() {
        return itemId;
    }

    /** Of {@link EventType#TOOL_CALLED}. */
    public String toolCallId() {
        return itemId;
    }

    public int contentIndex() {
        return contentIndex;
    }

    public String text() {
        return text;
    }

    /** Of {@link EventType#CALL_STARTED}: what the call is like from here on, or null if that does not change. */
    public CallSettings settings() {
        return settings;
    }

    public ResponseStatus status() {
        return status;
    }

    public ResponsePurpose purpose() {
        return purpose;
    }

    public DropReason dropReason() {
        return dropReason;
    }

    public long timestampMs() {
        return timestampMs;
    }

    /** Ordinal of the response, for events of the lane itself. */
    public int response() {
        return response;
    }

    public int part() {
        return part;
    }

    /** Length of the audio in μ-law bytes. */
    public int bytes() {
        return bytes;
    }

    public int generation() {
        return generation;
    }

    public int mark() {
        return mark;
    }

    public boolean polite() {
        return polite;
    }

    /** Forgets everything, so that a slot keeps nothing alive between its uses. */
    public void clear() {
        type = null;
        frame = null;
        responseId = null;
        itemId = null;
        text = null;
        settings = null;
        status = null;
        purpose = null;
        dropReason = null;
        readNs = UNTIMED;
    }

    @Override
    public String toString() {
        return type + "[slot=" + slot + " epoch=" + epoch + " response=" + (responseId == null ? response : responseId)
                + " item=" + itemId + " bytes=" + bytes + " mark=g" + generation + ".m" + mark + "]";
    }
}
