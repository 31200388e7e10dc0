package io.ringdown.engine.call.goodbye;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoicemailMatcherTest {

    private final VoicemailMatcher matcher = new VoicemailMatcher(VoicemailMatcher.defaultPhrases());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Leave a message after the tone.",
                "Hi, you’ve reached the voicemail of Dan. Please leave a message.",
                "I can't come to the phone right now",
                "The person you are calling is not available.",
                "At the tone, please record your message; press 1 for more options",
                "השאירו הודעה",
                "שלום, הגעתם לתא הקולי של יוסי, השאירו הודעה אחרי הצפצוף",
                "והשאירו הודעה",
                "המנוי אינו זמין כעת",
                "הַשְׁאִירוּ הודעה",
            })
    void shouldKnowAMachine(String transcript) {
        assertThat(matcher.isVoicemail(transcript)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "Hello?",
                "Hi, I got your voicemail",
                "Can I leave a message for Dan?",
                "Who is this?",
                "אפשר להשאיר הודעה?",
                "הלו, מי זה",
                "קיבלתי את ההודעה שלך",
            })
    void shouldKnowAPerson(String transcript) {
        assertThat(matcher.isVoicemail(transcript)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please leave a message after the tone at 12345",
                "השאירו הודעה 050-1234567",
                "Please leave a message, 0 5 0 1 2",
                "Please leave a message (03) 12-34",
                "השאירו הודעה ٠٥٠١٢",
                "Please leave a message１２３４５",
            })
    void shouldNeverTakeALongNumberForAMachine(String transcript) {
        assertThat(matcher.isVoicemail(transcript)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Press 1234, then please leave a message", "please leave a message by 10:30 or press 12"})
    void shouldNotTakeShortNumbersForALongOne(String transcript) {
        assertThat(matcher.isVoicemail(transcript)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bitte hinterlassen Sie eine Nachricht"})
    void shouldKnowThePhrasesItIsGiven(String transcript) {
        assertThat(matcher.isVoicemail(transcript)).isFalse();
        assertThat(new VoicemailMatcher(List.of("hinterlassen Sie")).isVoicemail(transcript))
                .isTrue();
    }

    @Test
    void shouldLetAnyWordStandForAWildcard() {
        VoicemailMatcher wild = new VoicemailMatcher(List.of("leave ? a message"));
        assertThat(wild.isVoicemail("Please leave us a message")).isTrue();
        assertThat(wild.isVoicemail("Please leave a message")).isFalse();
    }
}
