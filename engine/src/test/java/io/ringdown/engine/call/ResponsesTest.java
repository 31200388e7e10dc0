package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    private final Responses responses = new Responses();

    private Response finished(String id, Response armed) {
        Response response = responses.created(id, ResponsePurpose.TURN, 1, armed);
        response.finished(ResponseStatus.COMPLETED);
        return response;
    }

    @Test
    @DisplayName("S11 the armed one is never evicted")
    void shouldKeepTheArmedOneAndTheLastTwoFinished() {
        Response armed = finished("armed", null);
        for (int i = 0; i < 10; i++) {
            finished("r" + i, armed);
        }
        responses.created("next", ResponsePurpose.TURN, 1, armed);
        assertThat(responses.known()).extracting(known -> known.id).containsExactly("armed", "r8", "r9", "next");
    }

    @Test
    void shouldStayBoundedWhenAModelFinishesNothing() {
        for (int i = 0; i < 100; i++) {
            responses.created("r" + i, ResponsePurpose.TURN, 1, null);
            responses.clip(1);
        }
        assertThat(responses.known()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void shouldNotTakeARecordingForAResponseOfTheModel() {
        Response clip = responses.clip(1);
        assertThat(responses.find("clip")).isNull();
        assertThat(responses.find(0)).isSameAs(clip);
        assertThat(responses.active()).isNull();
    }

    @Test
    void shouldRefuseMorePartsThanAnyResponseHas() {
        Response response = responses.created("r1", ResponsePurpose.TURN, 1, null);
        for (int i = 0; i < 32; i++) {
            assertThat(responses.part(response, "item" + i, 0)).isNotNull();
        }
        assertThat(responses.part(response, "item32", 0)).isNull();
        assertThat(responses.part(response, "item7", 0)).isSameAs(responses.part(8));
    }

    @Test
    void shouldForgetTheOldestOfTheFinished() {
        for (int i = 0; i < 5; i++) {
            finished("r" + i, null);
        }
        responses.created("next", ResponsePurpose.TURN, 1, null);
        assertThat(responses.known()).extracting(known -> known.id).containsExactly("r3", "r4", "next");
    }

    @Test
    void shouldKeepTheArmedOneAlsoWhenAModelFinishesNothing() {
        Response armed = responses.created("armed", ResponsePurpose.TURN, 1, null);
        for (int i = 0; i < 20; i++) {
            responses.created("r" + i, ResponsePurpose.TURN, 1, armed);
        }
        assertThat(responses.find("armed")).isSameAs(armed);
    }

    @Test
    void shouldReadWhatWasSaidItemAfterItem() {
        Response response = responses.created("r1", ResponsePurpose.TURN, 1, null);
        responses.part(response, "silent", 0);
        responses.part(response, "a", 0).transcribed("Thanks.");
        responses.part(response, "failed", 0).transcribed(null);
        responses.part(response, "b", 0).transcribed("Bye.");
        assertThat(response.transcript()).isEqualTo("Thanks.\nBye.");
    }

    @Test
    void shouldFollowTheAudioThroughBothQueues() {
        Response response = responses.created("r1", ResponsePurpose.TURN, 1, null);
        response.queued(800);
        assertThat(response.isOutEmpty()).isFalse();
        response.staged(800);
        assertThat(response.isOutEmpty()).isTrue();
        assertThat(response.isTxEmpty()).isFalse();
        response.sent(800, 0);
        assertThat(response.isTxEmpty()).isTrue();
    }
}
