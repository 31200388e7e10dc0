package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The four of the original verification checklist. */
class SeedScenariosTest {
    private final VirtualCall call = VirtualCall.talking();
    private final FakeModel model = call.model;

    @Test
    @DisplayName("S1 goodbye, end of audio, end of response, mark")
    void shouldHangUpOnceAfterTheMark() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        model.words("r1", BYE);
        model.endsAudio("r1");
        model.done("r1");
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.log).contains("bye r1", "polite via=audio.done r1 drain=mark");
        call.assertEndsByItself();
        assertThat(call.lane.executed).containsExactly(HangupReason.BOT_GOODBYE_BYE_ONLY);
    }

    @Test
    @DisplayName("S2 the end of the audio comes before the goodbye's transcript")
    void shouldHangUpOnceWhenTheTranscriptComesLast() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        model.endsAudio("r1");
        model.done("r1");
        model.words("r1", BYE);
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.log).contains("polite via=transcript.done_racefix r1 drain=mark");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S2 a short line: even the mark comes before the transcript")
    void shouldHangUpAtOnceWhenTheGoodbyeWasAlreadyHeard() {
        model.begins("r1");
        model.speaks("r1", 200);
        model.endsAudio("r1");
        model.done("r1");
        call.runMs(300);
        call.assertNoHangup();
        model.words("r1", BYE);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S3 the caller speaks over the goodbye")
    void shouldGoOnWhenTheCallerSpeaksOverTheGoodbye() {
        model.begins("r1");
        model.speaks("r1", 3_000);
        model.words("r1", BYE);
        call.runMs(500);
        call.callerSpeaks();
        assertThat(model.cancels).containsExactly("r1");
        model.endsAudio("r1");
        model.done("r1", ResponseStatus.CANCELLED);
        call.runMs(200);
        call.callerAudio();
        call.callerStops();
        call.callerWords("רגע, עוד שאלה");
        call.assertNoHangup();
        assertThat(call.lane.forwardedBytes - call.lane.paddedBytes).isEqualTo(160);

        model.says("r2", 500, BYE);
        call.runMs(500);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S4 much of the goodbye is still to play")
    void shouldKeepPlayingWhatWaitsBeforeItHangsUp() {
        model.says("r1", 5_000, BYE);
        assertThat(call.lane.outBytes()).as("waiting").isGreaterThan(50 * 160);
        call.runMs(4_000);
        call.assertNoHangup();
        call.runMs(1_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(40_000);
        call.assertEndsByItself();
    }
}
