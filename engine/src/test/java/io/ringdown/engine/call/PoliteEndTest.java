package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is known of a hangup when it is claimed: how its end was found, the dead air before it, and what was cut off. */
class PoliteEndTest {
    private static final long MS = VirtualCall.NS_PER_MS;

    private VirtualCall call = VirtualCall.talking();

    @Test
    void shouldHaveNoDeadAirWhenTheEchoComesWithTheLastSample() {
        call.model.says("r1", 2_000, BYE);
        assertThat(call.machine.politeEnd()).isNull();
        call.runMs(2_000);
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.MARK, 0, 0));
        assertThat(call.machine.politeEnd().heard()).isEqualTo(PoliteEnd.Heard.CONFIRMED);
    }

    @Test
    void shouldCountDeadAirFromTheLastSampleHeard() {
        call.carrier.echoDelayMs = 300;
        call.model.says("r1", 2_000, BYE);
        call.runMs(2_300);
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.MARK, 300 * MS, 0));
    }

    @Test
    void shouldNotBlameUsForAModelThatEndsItsResponseLate() {
        call.model.begins("r1");
        call.model.speaks("r1", 1_000);
        call.model.endsAudio("r1");
        call.model.words("r1", BYE);
        call.runMs(1_400);
        call.assertNoHangup();
        call.model.done("r1");
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.MARK, 0, 0));
    }

    @Test
    void shouldNotBlameUsForATranscriptThatComesLate() {
        call.model.begins("r1");
        call.model.speaks("r1", 1_000);
        call.model.endsAudio("r1");
        call.model.done("r1");
        call.runMs(1_400);
        call.model.words("r1", BYE);
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.MARK, 0, 0));
    }

    @Test
    void shouldCountAWaitForALostEchoAsDeadAir() {
        call.carrier.losesEchoes = true;
        call.model.says("r1", 2_000, BYE);
        call.runMs(3_000);
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.TIMEOUT, 1_000 * MS, 0));
        assertThat(call.machine.politeEnd().heard()).isEqualTo(PoliteEnd.Heard.RECKONED);
    }

    @Test
    void shouldCountAWaitForALostEndOfTheResponseAsDeadAir() {
        call.model.begins("r1");
        call.model.speaks("r1", 1_000);
        call.model.endsAudio("r1");
        call.model.words("r1", BYE);
        call.runMs(1_500);
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.TIMEOUT, 500 * MS, 0));
    }

    @Test
    void shouldSayHowMuchOfAGoodbyeWasCutOff() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.QUEUES, false));
        call.model.says("r1", 300, BYE);
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.QUEUES, 0, 2_400));
        assertThat(call.machine.politeEnd().heard()).isEqualTo(PoliteEnd.Heard.CUT_OFF);
    }

    @Test
    void shouldForgetAGoodbyeThatTheCallerTookBack() {
        call.model.says("r1", 2_000, BYE);
        call.runMs(1_000);
        call.callerSays("wait, one more thing");
        call.runMs(1_000);
        call.model.says("r2", 1_000, BYE);
        call.runMs(1_000);
        assertThat(call.machine.politeEnd()).isEqualTo(new PoliteEnd(Drain.MARK, 0, 0));
    }

    @Test
    void shouldSayNothingOfAHangupThatWaitedForNothing() {
        call.model.says("r1", 2_000, SMALL_TALK);
        call.happens(event -> event.operatorHungUp(false));
        call.assertHungUp(HangupReason.OPERATOR);
        assertThat(call.machine.politeEnd()).isNull();
    }

    @Test
    void shouldSayNothingOfAHangupThatAnotherThreadClaimed() {
        call.carrier.losesEchoes = true;
        call.model.says("r1", 2_000, BYE);
        call.latch.claim(HangupReason.OPERATOR, 0);
        call.runMs(3_000);
        assertThat(call.machine.phase()).isEqualTo(Phase.ENDING);
        assertThat(call.machine.politeEnd()).isNull();
    }
}
