package io.ringdown.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTextTest {
    private static final CallSettings SETTINGS = new CallSettings(
            "front desk",
            DrainPolicy.QUEUES,
            true,
            false,
            new GoodbyeMatcher(GoodbyePhrases.defaults().withGoodbyes(List.of("see you", "over\nand out"))),
            new VoicemailMatcher(List.of("after the tone")),
            Map.of(Clip.GOODBYE, new byte[1_234]),
            7,
            CallSettings.Times.defaults());

    @Test
    void shouldReadEverythingThatDecidesWhatACallDoes() {
        CallSettings read = SettingsText.parse(SettingsText.of(SETTINGS));
        assertThat(SettingsText.of(read)).isEqualTo(SettingsText.of(SETTINGS));
        assertThat(read.agent()).isEqualTo("front desk");
        assertThat(read.drain()).isEqualTo(DrainPolicy.QUEUES);
        assertThat(read.greeting()).isTrue();
        assertThat(read.maxToolCalls()).isEqualTo(7);
        assertThat(read.times()).isEqualTo(SETTINGS.times());
        assertThat(read.clips().get(Clip.GOODBYE)).hasSize(1_234);
        assertThat(read.goodbyes().modelSaysGoodbye("well, see you")).isTrue();
        assertThat(read.goodbyes().modelSaysGoodbye("well, over and out")).isTrue();
        assertThat(read.voicemail().isVoicemail("speak after the tone")).isTrue();
    }

    @Test
    void shouldKeepTheDefaultOfATimeThatAnEarlierVersionDidNotHave() {
        String earlier = SettingsText.of(SETTINGS).replaceAll("(?m)^times\\.toolTimeoutNs=.*\\R", "");
        assertThat(SettingsText.parse(earlier).times()).isEqualTo(CallSettings.Times.defaults());
    }

    @Test
    void shouldNameTheLineItCannotRead() {
        String broken = SettingsText.of(SETTINGS).replace("drain=QUEUES", "drain=SOMETIMES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsText.parse(broken))
                .withMessageContaining("drain=SOMETIMES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsText.parse("nothing\n"))
                .withMessageContaining("nothing");
    }
}
