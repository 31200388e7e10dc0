package io.ringdown.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final String NOT_MET = "[MAYBE_HANGUP] Conditions not met (via=audio.done): ";

    private final Conditions conditions = new Conditions();

    @Test
    void shouldNameWhatBecameTrueBetweenTwoLines() {
        assertThat(conditions.newlyTrue(NOT_MET + "['completed', 'out_q_empty', 'played']"))
                .isEmpty();
        assertThat(conditions.newlyTrue("[BOT_BYE_DETECTED] resp_id=resp_1... text='Bye'"))
                .isEmpty();
        assertThat(conditions.newlyTrue(NOT_MET + "['played']")).hasValue("completed, out_q_empty");
        assertThat(conditions.newlyTrue("[POLITE_HANGUP] via=audio.done resp_id=resp_1... drain=mark"))
                .hasValue("played");
    }

    @Test
    void shouldSayNothingWhenAConditionIsLostAgain() {
        conditions.newlyTrue(NOT_MET + "['played']");
        assertThat(conditions.newlyTrue(NOT_MET + "['audio_done', 'played']")).isEmpty();
    }
}
