package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.CLIP_MS;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Silence, limits, and a model that fails. */
class LimitsScenariosTest {
    private VirtualCall call = VirtualCall.talking();
    private FakeModel model = call.model;

    @Test
    @DisplayName("S31 true silence for 20 s")
    void shouldSayALineAndHangUpAfterTrueSilence() {
        call.runMs(20_000);
        assertThat(call.lane.clips).containsExactly(Clip.SILENCE_TIMEOUT);
        assertThat(call.machine.turn()).isEqualTo(Turn.PLAYING_OUT);
        call.runMs(CLIP_MS - 1);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S31 the echo of the line's mark is lost")
    void shouldBoundTheLineByItsLength() {
        call.carrier.losesEchoes = true;
        call.runMs(20_000 + CLIP_MS + 999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        assertThat(call.lane.drain).isEqualTo(Drain.TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S31 the model speaks while the line is said")
    void shouldLetNoGoodbyeReplaceTheLineThatEndsTheCall() {
        call.runMs(20_100);
        model.says("r1", 5_000, BYE);
        assertThat(model.cancels).containsExactly("r1");
        assertThat(call.lane.droppedBytes(DropReason.CANCELLED)).isEqualTo(40_000);
        call.runMs(CLIP_MS - 100);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S31 without a line to say")
    void shouldHangUpInSilenceWithoutARecording() {
        call = VirtualCall.talking(CallScript.withoutClips());
        call.runMs(20_000);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S31 the caller answers the line")
    void shouldGoOnWhenTheCallerSpeaksOverTheLine() {
        call.runMs(20_500);
        call.callerSays("אני כאן");
        call.runMs(2_000);
        call.assertNoHangup();
        model.says("r1", 500, SMALL_TALK);
        call.runMs(500);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(4_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S32 silence counts from the end of playout")
    void shouldNotCountSilenceWhileTheModelIsHeard() {
        model.says("r1", 19_000, SMALL_TALK);
        call.runMs(38_999);
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1);
        assertThat(call.lane.clips).containsExactly(Clip.SILENCE_TIMEOUT);
        call.assertEnds();
    }

    @Test
    @DisplayName("S32 a lost echo does not stop the clock for ever")
    void shouldCountSilenceAlsoWhenTheLastEchoIsLost() {
        call.carrier.losesEchoes = true;
        model.says("r1", 1_000, SMALL_TALK);
        for (int i = 0; i < 44; i++) {
            call.runMs(500);
            call.happens(event -> event.digitPressed("1"));
        }
        assertThat(call.lane.clips).containsExactly(Clip.SILENCE_TIMEOUT);
        call.assertEnds();
    }

    @Test
    @DisplayName("S32 a tool call is pending")
    void shouldNotCountSilenceWhileAToolIsPending() {
        call.runMs(15_000);
        model.begins("r1");
        model.callsTool("r1", "weather");
        call.runMs(9_000);
        assertThat(call.lane.clips).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("S32 the model owes words on a tool's answer and never says them")
    void shouldCountSilenceFromTheEndOfTheWaitForATool() {
        model.begins("r1");
        model.callsTool("r1", "weather");
        model.done("r1");
        call.runMs(29_999);
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1);
        assertThat(call.lane.clips).containsExactly(Clip.SILENCE_TIMEOUT);
        call.assertEnds();
    }

    @Test
    @DisplayName("S32 the model owes a greeting and never gives it")
    void shouldCountSilenceFromTheEndOfTheWaitForAResponse() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.PLAYBACK, true));
        call.runMs(24_999);
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1);
        assertThat(call.lane.clips).containsExactly(Clip.SILENCE_TIMEOUT);
        call.assertEnds();
    }

    @Test
    @DisplayName("S32 the end of playout is put off by what is added to it")
    void shouldWaitForTheEndOfAllThatWasQueued() {
        call.carrier.losesEchoes = true;
        model.says("r1", 1_000, SMALL_TALK);
        model.speaks("r1", 2_000);
        call.runMs(3_999);
        assertThat(call.machine.turn()).isEqualTo(Turn.PLAYING_OUT);
        call.runMs(1);
        assertThat(call.machine.turn()).isEqualTo(Turn.LISTENING);
        call.assertEnds();
    }

    @Test
    void shouldWaitOnlyForTheCallerWhenAllWasHeard() {
        model.says("r1", 500, SMALL_TALK);
        call.runMs(500);
        assertThat(call.machine.turn()).isEqualTo(Turn.LISTENING);
        assertThat(call.nextDeadlineMs()).isEqualTo(20_000);
        call.assertEnds();
    }

    @Test
    void shouldWaitOnlyForTheCallerWhenTheModelSaidNothing() {
        model.begins("r1");
        model.done("r1");
        assertThat(call.nextDeadlineMs()).isEqualTo(20_000);
        call.assertEnds();
    }

    @Test
    void shouldWaitOnlyForTheCallerAfterAnInterruption() {
        model.says("r1", 3_000, SMALL_TALK);
        call.runMs(1_000);
        call.callerSpeaks();
        call.callerStops();
        assertThat(call.nextDeadlineMs()).isEqualTo(20_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S32 the caller speaks")
    void shouldNotCountSilenceWhileTheCallerSpeaks() {
        call.runMs(19_000);
        call.callerSpeaks();
        call.runMs(19_000);
        call.callerStops();
        call.runMs(19_999);
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1);
        assertThat(call.lane.clips).containsExactly(Clip.SILENCE_TIMEOUT);
        call.assertEnds();
    }

    @Test
    @DisplayName("S33 an answering machine in second 4")
    void shouldHangUpOnAnAnsweringMachine() {
        call.runMs(4_000);
        call.callerWords("הגעתם לתא הקולי, נא להשאיר הודעה אחרי הצפצוף");
        call.assertHungUp(HangupReason.VOICEMAIL);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S33 a number of 5 digits")
    void shouldNotTakeANumberForAnAnsweringMachine() {
        call.runMs(4_000);
        call.callerWords("leave a message after the tone at 054321");
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S33 the phrase in second 30")
    void shouldNotLookForAnAnsweringMachineLater() {
        model.says("r1", 29_000, SMALL_TALK);
        call.runMs(30_000);
        call.callerWords("הגעתם לתא הקולי, נא להשאיר הודעה אחרי הצפצוף");
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S33 the phrase in second 20, and a moment later")
    void shouldLookForAnAnsweringMachineForTwentySeconds() {
        model.says("r1", 25_000, SMALL_TALK);
        call.runMs(20_001);
        call.callerWords("הגעתם לתא הקולי, נא להשאיר הודעה אחרי הצפצוף");
        call.assertNoHangup();
        call.assertEnds();

        VirtualCall other = VirtualCall.talking();
        other.model.says("r1", 25_000, SMALL_TALK);
        other.runMs(20_000);
        other.callerWords("הגעתם לתא הקולי, נא להשאיר הודעה אחרי הצפצוף");
        other.assertHungUp(HangupReason.VOICEMAIL);
        other.assertEndsByItself();
    }

    @Test
    @DisplayName("S34 the longest a call may last")
    void shouldSayGoodbyeAtTheMaximumDuration() {
        call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.model.says("r1", 60_000, SMALL_TALK);
        call.runMs(10_000);
        assertThat(call.lane.clips).containsExactly(Clip.MAX_DURATION);
        call.callerSays("רגע"); // the bound does not ask
        call.runMs(CLIP_MS);
        assertThat(call.lane.clips).as("said once").hasSize(1);
        assertThat(call.carrier.heardBytes(0)).isEqualTo(8_000);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertHungUp(HangupReason.MAX_DURATION);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S34 the line is not heard")
    void shouldHangUpHardWhenTheGraceIsOver() {
        call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.runMs(9_000);
        call.model.says("r1", 85_000, BYE);
        call.runMs(20_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.MAX_DURATION);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S34 the maximum duration is over while the caller interrupts a goodbye")
    void shouldInsistWhenTheGoodbyeOfAnOverdueCallIsInterrupted() {
        call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.runMs(9_000);
        call.model.says("r1", 5_000, BYE);
        call.runMs(2_000);
        call.assertNoHangup();
        call.callerSpeaks();
        assertThat(call.lane.clips).containsExactly(Clip.MAX_DURATION);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MAX_DURATION);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 the model is lost in the middle of a goodbye that is all here")
    void shouldFinishAWholeGoodbyeWithoutTheModel() {
        model.begins("r1");
        model.speaks("r1", 3_000);
        model.endsAudio("r1");
        model.words("r1", BYE);
        model.isLost();
        call.runMs(2_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 and the caller speaks over it: nobody is left to answer")
    void shouldEndTheCallWhenTheLastGoodbyeOfALostModelIsInterrupted() {
        model.begins("r1");
        model.speaks("r1", 3_000);
        model.endsAudio("r1");
        model.words("r1", BYE);
        model.isLost();
        call.runMs(1_000);
        call.callerSpeaks();
        assertThat(model.truncations).as("nobody is left to tell").isEmpty();
        assertThat(call.lane.clips).containsExactly(Clip.MODEL_LOST);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_LOST);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 the model is lost in the middle of an unfinished goodbye")
    void shouldSayALineWhenTheGoodbyeIsNotWhole() {
        model.begins("r1");
        model.speaks("r1", 3_000);
        model.words("r1", BYE);
        model.isLost();
        call.runMs(400 + CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_LOST);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 the goodbye of a lost model had audio behind its mark")
    void shouldLetAllOfALastGoodbyeBeHeard() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.endsAudio("r1");
        model.speaks("r1", 500);
        model.words("r1", BYE);
        model.isLost();
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 a later response was under way when the model was lost")
    void shouldNotLetAnUnfinishedResponseTakeOverALastGoodbye() {
        model.says("r1", 2_000, BYE);
        model.begins("r2");
        model.isLost();
        model.words("r2", BYE);
        call.runMs(2_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.latch.response()).isEqualTo(1);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 the model is lost while it speaks")
    void shouldNotWaitForAResponseOfALostModel() {
        call.carrier.losesEchoes = true;
        model.begins("r1");
        model.speaks("r1", 500);
        call.runMs(9_500);
        model.isLost();
        assertThat(call.machine.turn()).isEqualTo(Turn.PLAYING_OUT);
        call.runMs(1_000);
        assertThat(model.cancels).as("nobody is left to ask").isEmpty();
        call.runMs(1_000);
        call.assertHungUp(HangupReason.MODEL_LOST);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 the model is lost before it connected, and before it confirmed")
    void shouldLoseAModelOnce() {
        call = VirtualCall.connected();
        call.carrier.losesEchoes = true;
        call.carrier.starts();
        call.runMs(4_500);
        call.model.isLost();
        call.runMs(1_000);
        assertThat(call.model.closes).isEqualTo(1);
        call.assertEnds();

        VirtualCall other = unconfigured();
        other.carrier.losesEchoes = true;
        other.runMs(2_500);
        other.model.isLost();
        other.runMs(1_000);
        assertThat(other.model.closes).isEqualTo(1);
        other.assertEnds();
    }

    @Test
    @DisplayName("C.51 the account is empty before anything is said")
    void shouldEndACallWhoseAccountIsEmpty() {
        call.happens(event -> event.failed(EventType.QUOTA_SPENT, "insufficient_quota"));
        assertThat(call.lane.clips).containsExactly(Clip.MODEL_LOST);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_QUOTA);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S36 the model is lost in the middle of the call")
    void shouldSayALineWhenTheModelIsLost() {
        model.isLost();
        assertThat(model.closes).isEqualTo(1);
        assertThat(call.lane.log).contains("model_lost");
        assertThat(call.lane.notes).containsExactly("model_lost: talking for 0 ms, closed");
        call.callerAudio();
        assertThat(call.lane.clips).containsExactly(Clip.MODEL_LOST);
        assertThat(call.lane.droppedBytes(DropReason.NO_SESSION)).isEqualTo(160);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_LOST);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S37 the session is never confirmed")
    void shouldEndACallWhoseSessionIsNeverConfirmed() {
        call = unconfigured();
        call.runMs(2_999);
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1 + CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_CONFIG_FAILED);
        assertThat(call.model.requests).isEmpty();
        assertThat(call.lane.notes)
                .contains("model_config_failed: configuring for 3000 ms, no session.updated: timed out");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S37 the session is refused, and the model speaks nevertheless")
    void shouldSendNoAudioOfASessionThatIsNotAsAskedFor() {
        call = unconfigured();
        call.model.begins("r1");
        call.model.speaks("r1", 500);
        call.happens(event -> event.failed(EventType.SESSION_REFUSED, "invalid_value"));
        call.model.confirms();
        assertThat(call.lane.droppedBytes(DropReason.UNKNOWN_RESPONSE)).isEqualTo(4_000);
        assertThat(call.lane.uplinkOpen).isFalse();
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_CONFIG_FAILED);
        call.assertEndsByItself();
    }

    private static VirtualCall unconfigured() {
        VirtualCall call = new VirtualCall(CallScript.settings(DrainPolicy.PLAYBACK, true));
        call.carrier.starts();
        call.model.connects();
        return call;
    }

    @Test
    void shouldEndACallWhoseModelDoesNotConnect() {
        call = VirtualCall.connected();
        call.carrier.starts();
        call.runMs(5_000);
        call.model.connects(); // too late
        assertThat(call.model.configures).isZero();
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_LOST);
        assertThat(call.lane.notes).contains("model_lost: connecting for 5000 ms, no connection: timed out");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S38 a reader dies: either end closes both")
    void shouldCloseBothSidesWhenEitherIsLost() {
        call.carrier.disconnects();
        assertThat(model.closes).isPositive();
        call.assertEndsByItself();

        VirtualCall other = VirtualCall.talking();
        other.model.isLost();
        other.runMs(CLIP_MS + 500);
        other.assertEndsByItself();
        assertThat(other.carrier.isGone()).isTrue();
    }
}
