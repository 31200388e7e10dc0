package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallRecord.NEVER;
import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.CallRecord.BargedIn;
import io.ringdown.engine.call.CallRecord.CallerTurn;
import io.ringdown.engine.call.CallRecord.Goodbye;
import io.ringdown.engine.call.CallRecord.Utterance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call's record says, beside what its caller heard. */
class CallHistoryTest {
    private final VirtualCall call = VirtualCall.talking();
    private final FakeModel model = call.model;

    private CallRecord record() {
        return call.machine.record(call.latch.reason());
    }

    private CallRecord ended() {
        call.assertEnds();
        return record();
    }

    private static long bytes(int ms) {
        return (long) ms * MuLaw.BYTES_PER_MS;
    }

    private static long ns(long ms) {
        return ms * VirtualCall.NS_PER_MS;
    }

    @Test
    void shouldDrawUpTheReceiptOfAGoodbyeThatWasHeard() {
        call.runMs(100);
        model.says("r1", 1_000, BYE);
        call.runMs(1_000);
        CallRecord record = ended();

        assertThat(record.end().reason()).isEqualTo(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(record.end().claimedNs()).isEqualTo(ns(1_100));
        assertThat(record.end().stream()).isEqualTo(CallRecord.Stream.STOPPED);
        Goodbye goodbye = record.goodbye();
        assertThat(goodbye.responseId()).isEqualTo("r1");
        assertThat(goodbye.via()).isEqualTo(Via.TRANSCRIPT_DONE);
        assertThat(goodbye.drain()).isEqualTo(Drain.MARK);
        assertThat(goodbye.generatedBytes()).isEqualTo(bytes(1_000));
        assertThat(goodbye.sentBytes()).isEqualTo(bytes(1_000));
        assertThat(goodbye.heardBytes()).isEqualTo(bytes(1_000));
        assertThat(goodbye.cutOffBytes()).isZero();
        assertThat(goodbye.heardNs()).isEqualTo(ns(1_100));
        assertThat(goodbye.mark().number()).isPositive();
        assertThat(goodbye.mark().sentNs()).isBetween(ns(100), ns(1_100));
        assertThat(goodbye.mark().echoedNs()).isEqualTo(ns(1_100));
        assertThat(record.marks().answered()).isEqualTo(record.marks().sent());
    }

    @Test
    void shouldSayThatABoundEndedAGoodbyeWhoseMarkWasLost() {
        call.carrier.losesEchoes = true;
        model.says("r1", 1_000, BYE);
        call.runMs(10_000);
        Goodbye goodbye = ended().goodbye();

        assertThat(goodbye.drain()).isEqualTo(Drain.TIMEOUT);
        assertThat(goodbye.via()).isEqualTo(Via.WATCHDOG);
        assertThat(goodbye.heardBytes()).as("by the clock").isEqualTo(bytes(1_000));
        assertThat(goodbye.heardNs()).isEqualTo(ns(1_000));
        assertThat(goodbye.mark().echoedNs()).isEqualTo(NEVER);
    }

    @Test
    void shouldSayHowMuchOfAGoodbyeTheCallerLeftUnheard() {
        model.says("r1", 1_000, BYE);
        call.runMs(400);
        call.carrier.stops();
        CallRecord record = ended();

        assertThat(record.end().reason()).as("the caller was first").isNull();
        assertThat(record.end().claimedNs()).isEqualTo(NEVER);
        assertThat(record.goodbye().drain()).isNull();
        assertThat(record.goodbye().heardBytes()).isEqualTo(bytes(400));
        assertThat(record.goodbye().cutOffBytes()).isEqualTo(bytes(600));
    }

    @Test
    void shouldKnowNoGoodbyeWhereNoneWasSaid() {
        model.says("r1", 1_000, SMALL_TALK);
        call.runMs(2_000);
        call.carrier.disconnects();
        CallRecord record = ended();

        assertThat(record.goodbye()).isNull();
        assertThat(record.end().stream()).isEqualTo(CallRecord.Stream.LOST);
    }

    @Test
    void shouldCutAResponseWhereTheCallerSpokeOverIt() {
        model.says("r1", 2_000, SMALL_TALK);
        call.runMs(500);
        call.callerSpeaks();
        CallRecord record = ended();

        assertThat(record.bargeIns()).containsExactly(new BargedIn(ns(500), 1, bytes(500), bytes(1_500)));
        Utterance response = record.responses().get(0);
        assertThat(response.interrupted()).isTrue();
        assertThat(response.generatedBytes()).isEqualTo(bytes(2_000));
        assertThat(response.heardBytes()).isEqualTo(bytes(500)).isEqualTo(call.carrier.heardBytes(1));
        assertThat(response.items()).singleElement().satisfies(item -> {
            assertThat(item.generatedBytes()).isEqualTo(bytes(2_000));
            assertThat(item.heardBytes()).isEqualTo(bytes(500));
            assertThat(item.transcript()).isEqualTo(SMALL_TALK);
        });
    }

    /** The transcript is that of all that was generated, and is cut by it. */
    @Test
    void shouldCountWhatIsGeneratedAfterTheCallerSpoke() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        call.runMs(500);
        call.callerSpeaks();
        model.speaks("r1", 3_000);
        model.words("r1", SMALL_TALK);
        model.done("r1", ResponseStatus.CANCELLED);
        Utterance response = ended().responses().get(0);

        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(response.generatedBytes()).isEqualTo(bytes(4_000));
        assertThat(response.heardBytes()).isEqualTo(bytes(500));
        assertThat(response.items().get(0).generatedBytes()).isEqualTo(bytes(4_000));
    }

    @Test
    void shouldCountNoBargeInWhereNothingSounded() {
        model.says("r1", 500, SMALL_TALK);
        call.runMs(1_000);
        call.callerSays("fine");
        assertThat(ended().bargeIns()).isEmpty();
    }

    @Test
    void shouldTellWhenAResponseBeganSoundedAndEnded() {
        call.runMs(200);
        model.begins("r1", ResponsePurpose.TOOL_ANSWER);
        call.runMs(300);
        model.callsTool("r1", "weather");
        model.speaks("r1", 500);
        call.runMs(100);
        model.done("r1");
        Utterance response = ended().responses().get(0);

        assertThat(response.ordinal()).isEqualTo(1);
        assertThat(response.purpose()).isEqualTo(ResponsePurpose.TOOL_ANSWER);
        assertThat(response.createdNs()).isEqualTo(ns(200));
        assertThat(response.spokenNs()).isEqualTo(ns(500));
        assertThat(response.doneNs()).isEqualTo(ns(600));
        assertThat(response.tools()).containsExactly(new CallRecord.ToolCall("weather", ns(500)));
    }

    @Test
    void shouldRememberTheRecordingThatWasHeardInPlaceOfTheModel() {
        model.isLost();
        call.runMs(CallScript.CLIP_MS);
        CallRecord record = ended();

        assertThat(record.end().reason()).isEqualTo(HangupReason.MODEL_LOST);
        assertThat(record.responses()).singleElement().satisfies(clip -> {
            assertThat(clip.ordinal()).isZero();
            assertThat(clip.heardBytes()).isEqualTo(bytes(CallScript.CLIP_MS));
        });
        assertThat(record.goodbye().response()).isZero();
        assertThat(record.goodbye().cutOffBytes()).isZero();
    }

    @Test
    void shouldRememberWhatTheCallerSaidInTheOrderInWhichItBegan() {
        call.happens(event -> event.speechStarted("item-1"));
        call.runMs(400);
        call.callerStops();
        call.runMs(100);
        call.happens(event -> event.speechStarted("item-2"));
        call.runMs(400);
        call.callerStops();
        call.happens(event -> event.callerTranscribed("item-2", "second"));
        call.happens(event -> event.callerTranscribed("item-1", "first"));

        assertThat(ended().turns())
                .containsExactly(new CallerTurn(0, ns(400), "first"), new CallerTurn(ns(500), ns(900), "second"));
    }

    @Test
    void shouldGiveWordsWithoutAnItemToTheOldestTurnThatHasNone() {
        call.callerSays("one");
        call.callerSpeaks();
        call.callerStops();
        call.callerWords(null);
        call.callerSays("three");

        assertThat(ended().turns()).extracting(CallerTurn::words).containsExactly("one", null, "three");
    }

    @Test
    void shouldKeepWordsOfATurnThatNobodyAnnounced() {
        call.callerWords("hello");
        assertThat(ended().turns()).containsExactly(new CallerTurn(0, NEVER, "hello"));
    }

    @Test
    void shouldCountKeysAndNotSayWhich() {
        call.happens(event -> event.digitPressed("4"));
        call.happens(event -> event.digitPressed("2"));
        assertThat(ended().digits()).isEqualTo(2);
    }

    @Test
    void shouldHoldNoMoreThanARecordMay() {
        for (int i = 0; i < CallHistory.MAX_RESPONSES + 5; i++) {
            String response = "r" + i;
            model.begins(response);
            model.done(response);
        }
        CallRecord record = ended();
        assertThat(record.responses()).hasSize(CallHistory.MAX_RESPONSES);
        assertThat(record.leftOut()).isEqualTo(5);
    }

    @Test
    void shouldHoldNoMoreWordsThanARecordMay() {
        String endless = "a".repeat(CallHistory.MAX_CHARS + 1);
        call.callerSays(endless);
        call.callerSays("more");
        model.says("r1", 200, SMALL_TALK);
        CallRecord record = ended();
        assertThat(record.turns()).extracting(CallerTurn::words).isEqualTo(List.of(endless));
        assertThat(record.responses()).isEmpty();
        assertThat(record.leftOut()).isEqualTo(3);
    }

    @Test
    void shouldSayNothingOfACallThatNeverStarted() {
        VirtualCall stranger = VirtualCall.connected();
        stranger.carrier.disconnects();
        CallRecord record = stranger.machine.record(null);
        assertThat(record.startedNs()).isEqualTo(NEVER);
        assertThat(record.sessionNs()).isEqualTo(NEVER);
        assertThat(record.responses()).isEmpty();
    }
}
