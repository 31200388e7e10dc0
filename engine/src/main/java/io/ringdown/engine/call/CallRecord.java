package io.ringdown.engine.call;

import java.util.List;

/**
 * What a call was, once it is over. Times are ns since its opening, {@link #NEVER} where something did not happen; audio
 * is counted in μ-law bytes. Immutable; any thread.
 *
 * @param agent who answered
 * @param openedNs when the carrier connected, by the lane's clock
 * @param startedNs when its {@code start} was accepted
 * @param sessionNs when the model's session was as asked for
 * @param endedNs when nothing was left of it
 * @param end who ended it and why
 * @param goodbye what was to be heard before the hangup; null when nothing was
 * @param responses in the order in which they began, recordings of ours included
 * @param turns what the caller said, in the order in which it began
 * @param bargeIns when the caller spoke over the model
 * @param marks of the whole call
 * @param digits keys the caller pressed: how many, and never which
 * @param leftOut responses, turns and barge-ins beyond what a record holds
 */
public record CallRecord(
        String agent,
        long openedNs,
        long startedNs,
        long sessionNs,
        long endedNs,
        End end,
        Goodbye goodbye,
        List<Utterance> responses,
        List<CallerTurn> turns,
        List<BargedIn> bargeIns,
        Marks marks,
        int digits,
        int leftOut) {
    /** Of a time: it did not happen. */
    public static final long NEVER = -1;

    /** How the carrier's stream ended. */
    public enum Stream {
        /** It said so. */
        STOPPED,
        /** Its socket closed without a word, or its status callback says that the call is over. */
        LOST,
        /** We closed it, and nobody answered in time. */
        UNANSWERED
    }

    /**
     * @param reason why we ended the call; null when the carrier did
     * @param claimedNs when that was decided
     * @param confirmedNs when the carrier's API confirmed
     */
    public record End(HangupReason reason, long claimedNs, long confirmedNs, Stream stream) {}

    /**
     * The receipt of a goodbye, drawn up when the call was claimed or the carrier left, whichever came first.
     *
     * @param reason what it was to end the call for
     * @param response its ordinal, 0 for a recording of ours
     * @param responseId the model's name of it
     * @param drain how its end was known; null when the call ended before
     * @param deadAirNs until the claim, as {@link PoliteEnd} has it; {@link #NEVER} with a null {@code drain}
     * @param sentBytes handed to the carrier
     * @param heardBytes of those, by echoes and the playout clock
     * @param cutOffBytes meant to be heard and not heard then: 0 unless the caller left or a bound ran out
     * @param heardNs when the caller heard the last of it, so far
     * @param mark its last
     */
    public record Goodbye(
            HangupReason reason,
            int response,
            String responseId,
            Via via,
            Drain drain,
            long deadAirNs,
            int generation,
            long generatedBytes,
            long sentBytes,
            long heardBytes,
            long cutOffBytes,
            long heardNs,
            Mark mark) {}

    /** A mark, by generation and number; {@code number} is 0 when none was queued. */
    public record Mark(int generation, int number, long sentNs, long echoedNs) {}

    /** Marks sent, and how many of them the carrier answered for. */
    public record Marks(long sent, long answered) {}

    /**
     * A response of the model, or a recording of ours.
     *
     * @param interrupted the caller spoke over it
     * @param generatedBytes what the model sent of it, whatever became of that
     * @param spokenNs when the first of it went to the carrier
     */
    public record Utterance(
            int ordinal,
            String id,
            ResponsePurpose purpose,
            ResponseStatus status,
            boolean interrupted,
            long createdNs,
            long doneNs,
            long spokenNs,
            long generatedBytes,
            long sentBytes,
            long heardBytes,
            List<Item> items,
            List<ToolCall> tools) {}

    /** One item of a response, and its transcript, whole: empty when there was none. */
    public record Item(String id, int contentIndex, long generatedBytes, long heardBytes, String transcript) {}

    /** A tool the model called; {@code name} is empty when nobody said it. */
    public record ToolCall(String name, long atNs) {}

    /** A turn of the caller; {@code words} is null when it was not transcribed. */
    public record CallerTurn(long fromNs, long toNs, String words) {}

    /**
     * The caller spoke over the model, or over what it had still to say.
     *
     * @param response ordinal of the latest that was not heard to its end; {@link #NEVER} if none had begun to sound
     * @param heardBytes of that response
     * @param unheardBytes of that response, received and not heard
     */
    public record BargedIn(long atNs, int response, long heardBytes, long unheardBytes) {}
}
