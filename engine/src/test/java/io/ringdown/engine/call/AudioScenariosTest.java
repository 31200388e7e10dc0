package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.audio.Frame;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of the model's audio, and what the caller hears of it. */
class AudioScenariosTest {
    private final VirtualCall call = VirtualCall.talking();
    private final FakeModel model = call.model;

    @Test
    @DisplayName("S39 late deltas of a cancelled response")
    void shouldSendNothingOfAResponseTheCallerSpokeOver() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        call.runMs(200);
        call.callerSpeaks();
        int sent = call.carrier.wire.size();
        model.speaks("r1", 1_000);
        model.endsAudio("r1");
        model.done("r1", ResponseStatus.CANCELLED);
        model.speaks("r1", 250);
        call.runMs(2_000);
        assertThat(call.carrier.wire).hasSize(sent);
        assertThat(call.lane.droppedBytes(DropReason.BARGE_IN)).isGreaterThanOrEqualTo(10_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S39 a late delta of a response whose audio was all heard when the caller spoke")
    void shouldSendNothingMoreOfAResponseTheCallerAnswers() {
        model.says("r1", 500, SMALL_TALK);
        call.runMs(2_000);
        call.callerSpeaks();
        int sent = call.carrier.wire.size();
        model.speaks("r1", 250);
        call.runMs(2_000);
        assertThat(call.carrier.wire).hasSize(sent);
        assertThat(call.lane.droppedBytes(DropReason.CANCELLED)).isEqualTo(2_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S40 the next response comes right after a barge-in")
    void shouldSendTheNextResponseWholeAndNothingOfTheOneBefore() {
        model.begins("r1");
        model.speaks("r1", 2_000);
        call.runMs(200);
        call.callerSpeaks();
        call.callerStops();
        model.says("r2", 1_000, SMALL_TALK);
        model.speaks("r1", 250);
        call.runMs(2_000);
        int clear = call.carrier.wire.indexOf("clear");
        assertThat(call.carrier.wire.subList(clear + 1, call.carrier.wire.size()))
                .filteredOn(sent -> sent.startsWith("r"))
                .containsExactlyElementsOf(Collections.nCopies(4, "r2:2000"));
        assertThat(call.carrier.heardBytes(2)).isEqualTo(8_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S41 forty deltas of 12.5 frames")
    void shouldSendEveryByteInOrderAndWithoutAGap() {
        model.says("r1", 10_000, SMALL_TALK);
        call.runMs(10_000);
        assertThat(call.carrier.wire)
                .filteredOn(sent -> sent.startsWith("r"))
                .containsExactlyElementsOf(Collections.nCopies(40, "r1:2000"));
        assertThat(call.carrier.heardBytes(1)).isEqualTo(80_000);
        assertThat(call.carrier.starvedNs).isZero();
        call.assertEnds();
    }

    @Test
    @DisplayName("S41 and with echoes that take a while")
    void shouldNotStarveTheCarrierWhenEchoesAreLate() {
        call.carrier.echoDelayMs = 350;
        model.says("r1", 10_000, SMALL_TALK);
        call.runMs(10_000);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(80_000);
        assertThat(call.carrier.starvedNs).isZero();
        call.assertEnds();
    }

    @Test
    @DisplayName("S42 a backlog of 542 frames")
    void shouldDropNothingOfALongBacklog() {
        model.says("r1", 10_840, BYE);
        assertThat(call.lane.outBytes()).isGreaterThan(80_000);
        call.runMs(10_840);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(86_720);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S42 a response that has no room is cancelled, not cut")
    void shouldCancelAResponseThatHasNoRoom() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        call.happens(event -> event.audioRefused("r1", 2_000, DropReason.OUT_FULL));
        assertThat(model.cancels).containsExactly("r1");
        model.speaks("r1", 250);
        model.done("r1", ResponseStatus.CANCELLED);
        assertThat(call.lane.droppedBytes(DropReason.CANCELLED)).isEqualTo(2_000);
        assertThat(call.lane.outBytes()).isZero();
        call.happens(event -> event.audioRefused("r1", 2_000, DropReason.OUT_FULL));
        call.runMs(1_000);
        call.assertNoHangup();
        assertThat(call.lane.log).containsOnlyOnce("response cancelled: model audio beyond what a call may hold");
        call.callerSpeaks();
        assertThat(call.carrier.wire).as("nothing sounds or waits any more").doesNotContain("clear");
        call.assertEnds();
    }

    @Test
    @DisplayName("S42 responses without room by the dozen")
    void shouldSayOncePerCallWhyResponsesAreCancelled() {
        for (int i = 0; i < 50; i++) {
            String id = "r" + i;
            model.begins(id);
            call.happens(event -> event.audioRefused(id, 2_000, DropReason.OUT_FULL));
            model.done(id, ResponseStatus.CANCELLED);
        }
        assertThat(model.cancels).hasSize(50);
        assertThat(call.lane.log)
                .filteredOn(line -> line.startsWith("response cancelled: "))
                .hasSize(1);
        call.assertEnds();
    }

    @Test
    @DisplayName("S42 a goodbye that has no room is asked for again")
    void shouldAskAgainForAGoodbyeThatHadNoRoom() {
        model.says("r1", 3_000, BYE);
        call.happens(event -> event.outOverrun(1));
        call.runMs(5_000);
        call.assertNoHangup();
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        call.assertEnds();
    }

    @Test
    @DisplayName("S42 a recording of ours that has no room")
    void shouldEndTheCallBehindWhatIsLeftOfARecording() {
        call.runMs(20_000);
        call.happens(event -> event.outOverrun(0));
        call.runMs(500);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S43 a clear goes ahead of all that waits")
    void shouldClearAheadOfWhatWaits() {
        model.says("r1", 5_000, SMALL_TALK);
        call.runMs(1_000);
        int sent = call.carrier.wire.size();
        call.callerSpeaks();
        call.runMs(5_000);
        assertThat(call.carrier.wire).hasSize(sent + 1).endsWith("clear");
        assertThat(call.carrier.isSilent()).isTrue();
        call.assertEnds();
    }

    @Test
    @DisplayName("S44 the model learns how much was heard")
    void shouldTruncateAtWhatTheCallerHeard() {
        model.says("r1", 5_000, SMALL_TALK);
        call.runMs(1_234);
        call.callerSpeaks();
        assertThat(model.truncations).containsExactly("r1-item at 1234");
        call.assertEnds();
    }

    @Test
    @DisplayName("S44 item by item")
    void shouldTruncateEveryItemThatWasNotHeardToItsEnd() {
        model.begins("r1");
        model.speaks("r1", "a", 500);
        model.speaks("r1", "b", 500);
        model.speaks("r1", "c", 500);
        model.done("r1");
        call.runMs(700);
        call.callerSpeaks();
        assertThat(model.truncations).containsExactly("b at 200", "c at 0");
        call.assertEnds();
    }

    @Test
    @DisplayName("S44 nothing to truncate")
    void shouldNotTruncateWhatWasHeard() {
        model.says("r1", 500, SMALL_TALK);
        call.runMs(600);
        call.callerSpeaks();
        assertThat(model.truncations).isEmpty();
        assertThat(call.carrier.wire).doesNotContain("clear");
        call.assertEnds();
    }

    @Test
    void shouldHoldTheClockWhileTheSocketIsBlocked() {
        model.says("r1", 5_000, SMALL_TALK);
        call.runMs(1_000);
        call.carrier.stalls();
        call.runMs(3_000);
        call.carrier.flows();
        call.runMs(200);
        call.callerSpeaks();
        long heardMs = call.carrier.heardBytes(1) / 8;
        int toldMs = Integer.parseInt(model.truncations.get(0).replace("r1-item at ", ""));
        assertThat(toldMs).isBetween((int) heardMs - 400, (int) heardMs);
        call.assertEnds();
    }

    @Test
    void shouldMarkASecondOfAudioOnlyOnce() {
        model.says("r1", 10_000, SMALL_TALK);
        call.runMs(10_000);
        assertThat(call.carrier.wire)
                .filteredOn(sent -> sent.startsWith("mark"))
                .hasSizeBetween(10, 11);
        call.assertEnds();
    }

    @Test
    @DisplayName("S42 a goodbye in a response that had no room")
    void shouldNotEndACallForAGoodbyeThatCannotBeSpoken() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        call.happens(event -> event.audioRefused("r1", 2_000, DropReason.OUT_FULL));
        model.endsAudio("r1");
        model.words("r1", BYE);
        model.done("r1");
        call.runMs(5_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S42 a response of endless items")
    void shouldDropTheAudioOfMoreItemsThanAnyResponseHas() {
        model.begins("r1");
        for (int i = 0; i < 33; i++) {
            model.delta("r1", "item" + i, 80);
        }
        model.words("r1", "item32", BYE);
        model.endsAudio("r1", "item32");
        model.done("r1");
        assertThat(call.lane.droppedBytes(DropReason.OUT_FULL)).isEqualTo(80);
        call.runMs(320);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(32 * 80);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S14 the caller speaks on an idle line")
    void shouldStartNoGenerationWithoutAClear() {
        model.says("r1", 500, SMALL_TALK);
        call.runMs(600);
        call.callerSays("ותודה");
        model.says("r2", 500, SMALL_TALK);
        call.runMs(600);
        assertThat(call.carrier.wire)
                .doesNotContain("clear")
                .filteredOn(sent -> sent.startsWith("mark"))
                .allMatch(sent -> sent.startsWith("mark g1."));
        call.assertEnds();
    }

    @Test
    @DisplayName("S39 the news of a frame that was cleared on its way")
    void shouldNotCountClearedAudioAsSent() {
        model.says("r1", 3_000, SMALL_TALK);
        call.runMs(200);
        call.callerSpeaks();
        Frame late = call.frame(2_000);
        late.belongsTo(1, 1, 1);
        call.happens(event -> event.audioMoved(EventType.AUDIO_SENT, late));
        late.release();
        call.runMs(100);
        assertThat(call.machine.aheadBytes(call.nowNs())).isZero();
        call.assertEnds();
    }

    @Test
    void shouldBeHeardAgainWhenAudioComesAfterTheEndOfItsResponse() {
        model.says("r1", 500, SMALL_TALK);
        call.runMs(1_000);
        assertThat(call.machine.turn()).isEqualTo(Turn.LISTENING);
        model.speaks("r1", 500);
        assertThat(call.machine.turn()).isEqualTo(Turn.PLAYING_OUT);
        call.assertEnds();
    }

    @Test
    void shouldSendNothingBehindTheHangup() {
        model.says("r1", 500, BYE);
        call.runMs(500);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        int sent = call.carrier.wire.size();
        model.speaks("r1", 500);
        assertThat(call.carrier.wire).hasSize(sent);
        assertThat(call.lane.droppedBytes(DropReason.AFTER_END)).isEqualTo(4_000);
        call.assertEndsByItself();
    }
}
