package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.wire.PropertyRun;
import io.ringdown.bridge.wire.SameMeaning;
import io.ringdown.bridge.wire.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierMeaningTest {
    @Test
    void shouldMeanWhatJacksonMeansOrLeaveItToJackson() {
        assertThat(PropertyRun.failure(CarrierTwins.Decoder.class)).isEmpty();

        Tally tally = CarrierTwins.DECODER;
        System.out.println("Carrier: " + tally);
        assertThat(tally.documents()).isEqualTo(SameMeaning.DOCUMENTS);
        assertThat(tally.fast()).isGreaterThan(SameMeaning.DOCUMENTS / 4);
        assertThat(tally.fellBack()).isGreaterThan(SameMeaning.DOCUMENTS / 4);
        assertThat(tally.fellBackMeaningful()).isGreaterThan(SameMeaning.DOCUMENTS / 20);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CarrierTwins.Searching.class,
                CarrierTwins.BlindToEscapes.class,
                CarrierTwins.BlindToWhatFollows.class,
                CarrierTwins.Forgetful.class
            })
    void shouldCatchAShortCut(Class<? extends SameMeaning> twin) {
        assertThat(PropertyRun.failure(twin)).get().asString().contains("but Jackson means");
    }
}
