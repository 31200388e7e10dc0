package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.wire.PropertyRun;
import io.ringdown.bridge.wire.SameMeaning;
import io.ringdown.bridge.wire.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelMeaningTest {
    @Test
    void shouldMeanWhatJacksonMeansOrLeaveItToJackson() {
        assertThat(PropertyRun.failure(ModelTwins.Decoder.class)).isEmpty();

        Tally tally = ModelTwins.DECODER;
        System.out.println("Model: " + tally);
        assertThat(tally.documents()).isEqualTo(SameMeaning.DOCUMENTS);
        assertThat(tally.fast()).isGreaterThan(SameMeaning.DOCUMENTS / 4);
        assertThat(tally.fellBack()).isGreaterThan(SameMeaning.DOCUMENTS / 4);
        assertThat(tally.fellBackMeaningful()).isGreaterThan(SameMeaning.DOCUMENTS / 20);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {ModelTwins.Searching.class, ModelTwins.BlindToEscapes.class, ModelTwins.BlindToWhatFollows.class
            })
    void shouldCatchAShortCut(Class<? extends SameMeaning> twin) {
        assertThat(PropertyRun.failure(twin)).get().asString().contains("but Jackson means");
    }
}
