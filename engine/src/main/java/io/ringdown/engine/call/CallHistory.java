package io.ringdown.engine.call;

import io.ringdown.engine.call.CallRecord.BargedIn;
import io.ringdown.engine.call.CallRecord.CallerTurn;
import io.ringdown.engine.call.CallRecord.Goodbye;
import io.ringdown.engine.call.CallRecord.Item;
import io.ringdown.engine.call.CallRecord.Mark;
import io.ringdown.engine.call.CallRecord.Marks;
import io.ringdown.engine.call.CallRecord.Stream;
import io.ringdown.engine.call.CallRecord.ToolCall;
import io.ringdown.engine.call.CallRecord.Utterance;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of a call for its {@link CallRecord}. It decides nothing, makes nothing of a frame of audio, and is
 * bounded: what a talkative or hostile peer adds beyond that is only counted. One thread at a time.
 */
final class CallHistory {
    static final int MAX_RESPONSES = 1_000;
    static final int MAX_TURNS = 1_000;
    static final int MAX_BARGE_INS = 1_000;
    static final int MAX_CHARS = 256 * 1024;
    private static final int MAX_TOOLS = 32;

    /** A response, and what only the history asks of it. */
    private static final class Told {
        final Response response;
        final long createdNs;
        final List<ToolCall> tools = new ArrayList<>(0);
        long doneNs = CallRecord.NEVER;

        Told(Response response, long createdNs) {
            this.response = response;
            this.createdNs = createdNs;
        }
    }

    /** A turn of the caller, until its words are known. */
    private static final class Spoken {
        final String itemId;
        final long fromNs;
        long toNs = CallRecord.NEVER;
        String words;
        boolean settled;

        Spoken(String itemId, long fromNs) {
            this.itemId = itemId;
            this.fromNs = fromNs;
        }
    }

    private final CallState call;
    private final long openedNs;
    private final List<Told> responses = new ArrayList<>();
    private final List<Spoken> turns = new ArrayList<>();
    private final List<BargedIn> bargeIns = new ArrayList<>(0);

    private long startedNs = CallRecord.NEVER;
    private long sessionNs = CallRecord.NEVER;
    private long claimedNs = CallRecord.NEVER;
    private long confirmedNs = CallRecord.NEVER;
    private Stream stream = Stream.UNANSWERED;
    private Goodbye goodbye;
    private int digits;
    private long chars;
    private int leftOut;

    CallHistory(CallState call, long openedNs) {
        this.call = call;
        this.openedNs = openedNs;
    }

    private long sinceOpened() {
        return call.nowNs - openedNs;
    }

    /** An event, before it is handled. */
    void on(CallEvent event) {
        switch (event.type()) {
            case CALL_STARTED -> startedNs = startedNs == CallRecord.NEVER ? sinceOpened() : startedNs;
            case SESSION_CONFIRMED -> sessionNs = sessionNs == CallRecord.NEVER ? sinceOpened() : sessionNs;
            case SPEECH_STARTED -> speechStarted(event.itemId());
            case SPEECH_STOPPED -> speechStopped();
            case CALLER_TRANSCRIBED -> transcribed(event.itemId(), event.text());
            case TRANSCRIPT_DONE -> chars += length(event.text());
            case TOOL_CALLED -> toolCalled(event);
            case RESPONSE_DONE -> done(event.responseId());
            case DIGIT_PRESSED -> digits++;
            case HANGUP_CONFIRMED -> confirmedNs = confirmedNs == CallRecord.NEVER ? sinceOpened() : confirmedNs;
            case CARRIER_STOPPED -> stream = Stream.STOPPED;
            case CARRIER_LOST -> stream = Stream.LOST;
            default -> {}
        }
    }

    // the caller

    private void speechStarted(String itemId) {
        if (turns.size() == MAX_TURNS || chars > MAX_CHARS) {
            leftOut++;
        } else {
            turns.add(new Spoken(itemId, sinceOpened()));
        }
    }

    private void speechStopped() {
        if (!turns.isEmpty() && turns.get(turns.size() - 1).toNs == CallRecord.NEVER) {
            turns.get(turns.size() - 1).toNs = sinceOpened();
        }
    }

    /** Keys pressed so far. */
    int digits() {
        return digits;
    }

    /** Words come late, and mostly in order; by their item, or else to the oldest turn that has none. */
    private void transcribed(String itemId, String words) {
        if (chars > MAX_CHARS) {
            leftOut++;
            return;
        }
        if (turnOf(itemId) == null) {
            speechStarted(itemId);
        }
        Spoken turn = turnOf(itemId);
        if (turn != null) {
            turn.words = words;
            turn.settled = true;
            chars += length(words);
        }
    }

    private Spoken turnOf(String itemId) {
        Spoken oldest = null;
        for (int i = turns.size() - 1; i >= 0; i--) {
            Spoken turn = turns.get(i);
            if (itemId != null && itemId.equals(turn.itemId)) {
                return turn;
            }
            oldest = turn.settled ? oldest : turn;
        }
        return oldest;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    void bargedIn(List<Response> unheard) {
        if (bargeIns.size() == MAX_BARGE_INS) {
            leftOut++;
            return;
        }
        Response latest = unheard.isEmpty() ? null : unheard.get(unheard.size() - 1);
        long heardBytes = latest == null ? 0 : heardBytes(latest);
        long receivedBytes = latest == null ? 0 : latest.receivedBytes();
        int ordinal = latest == null ? (int) CallRecord.NEVER : latest.ordinal;
        bargeIns.add(new BargedIn(sinceOpened(), ordinal, heardBytes, receivedBytes - heardBytes));
    }

    // the model

    void created(Response response) {
        if (responses.size() == MAX_RESPONSES || chars > MAX_CHARS) {
            leftOut++;
        } else {
            responses.add(new Told(response, sinceOpened()));
        }
    }

    private void done(String responseId) {
        Told told = find(responseId);
        if (told != null && told.doneNs == CallRecord.NEVER) {
            told.doneNs = sinceOpened();
        }
    }

    private void toolCalled(CallEvent event) {
        Told told = find(event.responseId());
        if (told != null && told.tools.size() < MAX_TOOLS) {
            told.tools.add(new ToolCall(event.text() == null ? "" : event.text(), sinceOpened()));
            chars += length(event.text());
        }
    }

    private Told find(String responseId) {
        for (int i = responses.size() - 1; i >= 0; i--) {
            Response response = responses.get(i).response;
            if (response.ordinal != 0 && response.id.equals(responseId)) {
                return responses.get(i);
            }
        }
        return null;
    }

    // the end

    /** A goodbye is over, as far as it will be; {@code end} is null when the call ends without its conditions. */
    void goodbye(PendingHangup pending, Via via, PoliteEnd end) {
        if (goodbye != null || !pending.isArmed()) {
            return;
        }
        Response response = pending.response();
        long heardBytes = heardBytes(response);
        goodbye = new Goodbye(
                pending.reason(),
                response.ordinal,
                response.id,
                via,
                end == null ? null : end.drain(),
                end == null ? CallRecord.NEVER : end.deadAirNs(),
                response.generation,
                response.generatedBytes(),
                response.sentBytes(),
                heardBytes,
                response.receivedBytes() - heardBytes,
                heardBytes == 0 ? CallRecord.NEVER : call.playout.allHeardNs(call.nowNs) - openedNs,
                new Mark(
                        response.generation,
                        response.endMark(),
                        sinceOpened(response.endMarkSentNs()),
                        sinceOpened(response.endMarkEchoedNs())));
    }

    private long sinceOpened(long atNs) {
        return atNs == Response.NEVER ? CallRecord.NEVER : atNs - openedNs;
    }

    void claimed() {
        claimedNs = sinceOpened();
    }

    private long heardBytes(Response response) {
        long heardBytes = 0;
        for (AudioPart part : response.parts()) {
            heardBytes += call.playout.heardBytes(part, call.nowNs);
        }
        return heardBytes;
    }

    /** All of it, as of the event handled last. */
    CallRecord record(HangupReason reason) {
        return new CallRecord(
                call.settings.agent(),
                openedNs,
                startedNs,
                sessionNs,
                sinceOpened(),
                new CallRecord.End(reason, claimedNs, confirmedNs, stream),
                goodbye,
                responses.stream().map(this::utterance).toList(),
                turns.stream()
                        .map(turn -> new CallerTurn(turn.fromNs, turn.toNs, turn.words))
                        .toList(),
                List.copyOf(bargeIns),
                new Marks(call.playout.marksSent(), call.playout.marksAnswered()),
                digits,
                leftOut);
    }

    private Utterance utterance(Told told) {
        Response response = told.response;
        List<Item> items = response.parts().stream()
                .map(part -> new Item(
                        part.itemId,
                        part.contentIndex,
                        part.generatedBytes(),
                        call.playout.heardBytes(part, call.nowNs),
                        part.transcript()))
                .toList();
        return new Utterance(
                response.ordinal,
                response.id,
                response.purpose,
                response.status(),
                response.isInterrupted(),
                told.createdNs,
                told.doneNs,
                sinceOpened(response.spokenNs()),
                response.generatedBytes(),
                response.sentBytes(),
                heardBytes(response),
                items,
                List.copyOf(told.tools));
    }
}
