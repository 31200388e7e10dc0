package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks the two tables of a call. */
class TablesTest {
    @Test
    void shouldLeadFromTheFirstPhaseToTheLast() {
        assertThat(Phase.AWAITING_START.after(Phase.Step.STARTED)).isEqualTo(Phase.CONNECTING);
        assertThat(Phase.CONNECTING.after(Phase.Step.MODEL_CONNECTED)).isEqualTo(Phase.CONFIGURING);
        assertThat(Phase.CONFIGURING.after(Phase.Step.SESSION_CONFIRMED)).isEqualTo(Phase.TALKING);
        assertThat(Phase.TALKING.after(Phase.Step.HANGUP_CLAIMED)).isEqualTo(Phase.ENDING);
        assertThat(Phase.ENDING.after(Phase.Step.CARRIER_GONE)).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverMoveBack(Phase phase) {
        for (Phase.Step step : Phase.Step.values()) {
            assertThat(phase.after(step)).as("%s", step).isGreaterThanOrEqualTo(phase);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachTheEndFromEveryPhase(Phase phase) {
        assertThat(phase.after(Phase.Step.CARRIER_GONE)).isEqualTo(Phase.CLOSED);
        assertThat(phase.after(Phase.Step.HANGUP_CLAIMED))
                .isEqualTo(phase == Phase.CLOSED ? Phase.CLOSED : Phase.ENDING);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTalkOnlyAfterTheSessionIsConfirmed(Phase phase) {
        for (Phase.Step step : Phase.Step.values()) {
            boolean begins = phase != Phase.TALKING && phase.after(step) == Phase.TALKING;
            assertThat(begins).isEqualTo(phase == Phase.CONFIGURING && step == Phase.Step.SESSION_CONFIRMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeTheModelsTurnWheneverAResponseBegins(Turn turn) {
        assertThat(turn.after(Turn.Cue.RESPONSE_CREATED)).isEqualTo(Turn.RESPONDING);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverBeHeardAfterABargeIn(Turn turn) {
        Turn next = turn.after(Turn.Cue.BARGE_IN);
        assertThat(next).isIn(Turn.LISTENING, Turn.YIELDING);
        assertThat(next.after(Turn.Cue.RESPONSE_DONE)).isEqualTo(Turn.LISTENING);
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeBackToTheCallerWhenAllIsDoneAndHeard(Turn turn) {
        Turn done = turn.after(Turn.Cue.RESPONSE_DONE);
        assertThat(done.after(Turn.Cue.PLAYED_OUT)).isEqualTo(Turn.LISTENING);
    }

    @Test
    void shouldPlayOutWhatIsQueuedBesideAResponse() {
        assertThat(Turn.LISTENING.after(Turn.Cue.AUDIO_QUEUED)).isEqualTo(Turn.PLAYING_OUT);
        assertThat(Turn.RESPONDING.after(Turn.Cue.AUDIO_QUEUED)).isEqualTo(Turn.RESPONDING);
        assertThat(Turn.YIELDING.after(Turn.Cue.AUDIO_QUEUED)).isEqualTo(Turn.YIELDING);
    }

    @Test
    void shouldNameEachConditionAsTheLogDoes() {
        assertThat(HangupCondition.values())
                .extracting(HangupCondition::logName)
                .containsExactly(
                        "not_closed",
                        "not_triggered",
                        "pending_hangup",
                        "response_id_match",
                        "not_cancelled",
                        "audio_done",
                        "completed",
                        "out_q_empty",
                        "tx_empty",
                        "played");
    }

    @Test
    void shouldRankTheReasonsAndNameThemAsTheLogDoes() {
        assertThat(HangupReason.values())
                .extracting(HangupReason::logName)
                .containsExactly(
                        "peer_abuse",
                        "internal_error",
                        "operator",
                        "shutdown",
                        "model_config_failed",
                        "model_quota",
                        "model_lost",
                        "max_duration",
                        "voicemail",
                        "end_call_tool",
                        "bot_goodbye_bye_only",
                        "user_goodbye",
                        "silence_timeout",
                        "no_start",
                        "stream_replaced");
    }

    @Test
    void shouldLetTheCallerInterruptOnlyWhatIsSaidForTheCaller() {
        assertThat(HangupReason.values())
                .filteredOn(HangupReason::yieldsToCaller)
                .containsExactly(
                        HangupReason.END_CALL_TOOL,
                        HangupReason.BOT_GOODBYE_BYE_ONLY,
                        HangupReason.USER_GOODBYE,
                        HangupReason.SILENCE_TIMEOUT);
    }
}
