package io.ringdown.engine.call;

import java.util.ArrayList;
import java.util.List;

/** One utterance of the model, from {@code response.created} on; ordinal 0 is a recording of ours. */
final class Response {
    /** More parts than any response has: a peer that invents items must not grow us. */
    private static final int MAX_PARTS = 32;

    /** Of a time: not yet. */
    static final long NEVER = Long.MIN_VALUE;

    final int ordinal;
    final String id;
    final ResponsePurpose purpose;
    final int generation;

    private final List<AudioPart> parts = new ArrayList<>(1);
    private ResponseStatus status = ResponseStatus.IN_PROGRESS;

    private int outBytes;
    private int txBytes;
    private long generatedBytes;
    private long sentBytes;
    private long spokenNs = NEVER;

    /** Unset until the end mark is queued; its place among the sent marks follows when it is sent. */
    private int endMark;

    private long endMarkSent;
    private boolean markOwed;
    private long endMarkSentNs = NEVER;
    private long endMarkEchoedNs = NEVER;

    private boolean discarded;
    private boolean interrupted;
    private boolean cancelSent;
    private boolean saidGoodbye;
    private boolean endsCall;

    Response(int ordinal, String id, ResponsePurpose purpose, int generation) {
        this.ordinal = ordinal;
        this.id = id;
        this.purpose = purpose;
        this.generation = generation;
    }

    /** The part, made when it is new; null when the response has too many. */
    AudioPart part(String itemId, int contentIndex, int newNumber) {
        for (int i = 0; i < parts.size(); i++) { // for every delta: an iterator would be garbage
            if (parts.get(i).is(itemId, contentIndex)) {
                return parts.get(i);
            }
        }
        if (parts.size() == MAX_PARTS) {
            return null;
        }
        AudioPart part = new AudioPart(newNumber, itemId, contentIndex);
        parts.add(part);
        return part;
    }

    /** The part with that number, or null. */
    AudioPart part(int number) {
        for (int i = 0; i < parts.size(); i++) { // for every frame
            if (parts.get(i).number == number) {
                return parts.get(i);
            }
        }
        return null;
    }

    List<AudioPart> parts() {
        return parts;
    }

    /** All that was said, item after item. */
    String transcript() {
        StringBuilder all = new StringBuilder();
        for (AudioPart part : parts) {
            all.append(all.isEmpty() || part.transcript().isEmpty() ? "" : "\n").append(part.transcript());
        }
        return all.toString();
    }

    boolean hasSpeech() {
        for (AudioPart part : parts) {
            if (part.hasAudio()) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything was said, or it is over; before, only {@link Deadline#RESPONSE_STALL} bounds the wait. */
    boolean hasBegun() {
        for (AudioPart part : parts) {
            if (part.hasAudio() || !part.transcript().isEmpty()) {
                return true;
            }
        }
        return isFinished();
    }

    // audio on its way

    void queued(int bytes) {
        outBytes += bytes;
        markOwed = true;
    }

    void staged(int bytes) {
        outBytes -= bytes;
        txBytes += bytes;
    }

    void sent(int bytes, long nowNs) {
        txBytes -= bytes;
        sentBytes += bytes;
        spokenNs = spokenNs == NEVER ? nowNs : spokenNs;
    }

    /** The model sent so much of it, whatever became of that. */
    void generated(int bytes) {
        generatedBytes += bytes;
    }

    long generatedBytes() {
        return generatedBytes;
    }

    /** What was taken in to be heard. */
    long receivedBytes() {
        long receivedBytes = 0;
        for (AudioPart part : parts) {
            receivedBytes += part.receivedBytes();
        }
        return receivedBytes;
    }

    long sentBytes() {
        return sentBytes;
    }

    /** When the first of it was sent, or {@link #NEVER}. */
    long spokenNs() {
        return spokenNs;
    }

    /** Its unsent audio in {@code out} is dropped. Returns how much that was, in bytes. */
    int dropOut() {
        int dropped = outBytes;
        outBytes = 0;
        return dropped;
    }

    /** Whether audio of it waits in {@code out}. */
    boolean isWaiting() {
        return outBytes > 0;
    }

    /** Its end mark included: it stands behind all that was queued before, so that earlier speech is not cut either. */
    boolean isOutEmpty() {
        return outBytes == 0 && (endMark == 0 || endMarkSent != 0);
    }

    boolean isTxEmpty() {
        return txBytes == 0;
    }

    // its end mark

    /** Whether audio was queued behind the last mark, or no mark was queued at all. */
    boolean owesMark() {
        return markOwed || endMark == 0;
    }

    boolean hasUnmarkedAudio() {
        return markOwed;
    }

    void endMarkQueued(int mark) {
        endMark = mark;
        endMarkSent = 0;
        markOwed = false;
        endMarkSentNs = NEVER;
        endMarkEchoedNs = NEVER;
    }

    /** The mark at its end, 0 if none was queued. */
    int endMark() {
        return endMark;
    }

    void markSent(int mark, long sentMarks) {
        if (mark == endMark) {
            endMarkSent = sentMarks;
        }
    }

    /** Remembers when its last mark was sent, and when it came back. */
    void noteMark(Playout playout, long nowNs) {
        if (endMarkSentNs == NEVER && endMarkSent != 0) {
            endMarkSentNs = nowNs;
        }
        if (endMarkEchoedNs == NEVER && isPlayed(playout)) {
            endMarkEchoedNs = nowNs;
        }
    }

    long endMarkSentNs() {
        return endMarkSentNs;
    }

    long endMarkEchoedNs() {
        return endMarkEchoedNs;
    }

    /** Whether the caller heard all of it: its last mark came back, and nothing was added behind it. */
    boolean isPlayed(Playout playout) {
        return !owesMark() && endMarkSent != 0 && generation == playout.generation() && playout.isHeard(endMarkSent);
    }

    // how it ended

    /** Whether no more audio is expected: every part is done, or the response is. */
    boolean isAudioDone() {
        if (isFinished()) {
            return true;
        }
        for (AudioPart part : parts) {
            if (!part.isAudioDone()) {
                return false;
            }
        }
        return hasSpeech();
    }

    void finished(ResponseStatus status) {
        if (!isFinished()) {
            this.status = status;
        }
    }

    boolean isFinished() {
        return status != ResponseStatus.IN_PROGRESS;
    }

    ResponseStatus status() {
        return status;
    }

    /** Its audio is not wanted any more. */
    void discard() {
        discarded = true;
    }

    boolean isDiscarded() {
        return discarded;
    }

    /** The caller spoke after it began: a goodbye in it ends nothing (S53). */
    void interrupt() {
        interrupted = true;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /** Whether nobody waits for what it still has to say. */
    boolean isUnwanted() {
        return interrupted || discarded;
    }

    boolean isCancelled() {
        return isUnwanted() || isFinished() && status != ResponseStatus.COMPLETED;
    }

    /** True once: cancelling the same response twice only earns an error. */
    boolean takeCancel() {
        boolean first = !cancelSent && !isFinished();
        cancelSent = true;
        return first;
    }

    boolean isCancelSent() {
        return cancelSent;
    }

    /** What to ask for when it did not come to its end: the same again, or the rest of it. */
    ResponsePurpose retryPurpose() {
        if (endsCall) {
            return ResponsePurpose.FAREWELL;
        }
        return purpose == ResponsePurpose.TURN ? ResponsePurpose.RESUME : purpose;
    }

    void saidGoodbye(boolean goodbye) {
        saidGoodbye = goodbye;
    }

    boolean saidGoodbye() {
        return saidGoodbye;
    }

    void endsCall() {
        endsCall = true;
    }

    boolean isEndingCall() {
        return endsCall;
    }
}
