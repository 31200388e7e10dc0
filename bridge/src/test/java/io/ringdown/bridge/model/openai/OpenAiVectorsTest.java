package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What OpenAI Realtime may send, as the decoder shows it. What a call makes of O02, O03, O05 and O08, which are about order,
 * shows in the machine's tests and on the wire.
 */
class OpenAiVectorsTest {
    private static final String DELTA = """
            {"type":"response.output_audio.delta","event_id":"e1","response_id":"resp_A","item_id":"item_A",\
            "output_index":0,"content_index":0,"delta":"/////w=="}""";
    private static final String AUDIO_DONE = """
            {"type":"response.output_audio.done","response_id":"resp_A","item_id":"item_A","content_index":0}""";
    private static final String TRANSCRIPT_DONE = """
            {"type":"response.output_audio_transcript.done","response_id":"resp_A","item_id":"item_A",\
            "content_index":0,"transcript":"Bye."}""";
    private static final String FOUR_BYTES = "audio resp_A item_A/0 4 /////w==";

    private final RecordedEvents events = new RecordedEvents();

    static List<Arguments> vectors() {
        return List.of(
                vector("O01 a delta", List.of(DELTA), FOUR_BYTES),
                vector(
                        "O02 a delta after the barge-in",
                        List.of("{\"type\":\"input_audio_buffer.speech_started\",\"item_id\":\"item_U\"}", DELTA),
                        "speech started item_U",
                        FOUR_BYTES),
                vector(
                        "O03 audio done first",
                        List.of(AUDIO_DONE, TRANSCRIPT_DONE),
                        "audio done resp_A item_A/0",
                        "transcript resp_A item_A/0: Bye."),
                vector(
                        "O03 transcript done first",
                        List.of(TRANSCRIPT_DONE, AUDIO_DONE),
                        "transcript resp_A item_A/0: Bye.",
                        "audio done resp_A item_A/0"),
                vector("O04 a benign error", List.of("""
                                {"type":"error","event_id":"e4","error":{"type":"invalid_request_error",\
                                "code":"response_cancel_not_active","message":"x","param":null,"event_id":null}}"""), "failed BENIGN response_cancel_not_active null"),
                vector("O05 the end of an unknown response", List.of("""
                                {"type":"response.done","event_id":"e5","response":{"id":"resp_unknown","object":\
                                "realtime.response","status":"cancelled","status_details":{"type":"cancelled",\
                                "reason":"turn_detected"},"output":[]}}"""), "done resp_unknown CANCELLED"),
                vector("O06 a model that cannot pay", List.of("""
                                {"type":"response.done","event_id":"e6","response":{"id":"resp_A","status":"failed",\
                                "status_details":{"type":"failed","error":{"type":"insufficient_quota",\
                                "code":"insufficient_quota"}}}}"""), "done resp_A FAILED_QUOTA"),
                vector(
                        "O07 an unknown event",
                        List.of("{\"type\":\"response.brand_new.event\",\"event_id\":\"e7\",\"x\":{}}")),
                vector("O08 the session's limit", List.of("""
                                {"type":"error","event_id":"e8","error":{"type":"invalid_request_error",\
                                "code":"session_expired","message":"x","param":null,"event_id":null}}"""), "failed EXPIRED session_expired null"),
                vector("O09 the beta's name", List.of(DELTA.replace("output_audio", "audio")), FOUR_BYTES),
                vector("O10 an empty delta", List.of(DELTA.replace("/////w==", ""))),
                vector(
                        "O10 161 bytes",
                        List.of(DELTA.replace("/////w==", "/".repeat(214) + "8=")),
                        "audio resp_A item_A/0 161 " + "/".repeat(214) + "8="),
                vector(
                        "O10 two items in one response",
                        List.of(DELTA, DELTA.replace("item_A", "item_B")),
                        FOUR_BYTES,
                        FOUR_BYTES.replace("item_A", "item_B")));
    }

    private static Arguments vector(String name, List<String> messages, String... shown) {
        return Arguments.argumentSet(name, messages, List.of(shown));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldDoWhatTheVectorSays(List<String> messages, List<String> shown) {
        assertThat(messages).allMatch(events::decode);
        assertThat(events.lines).isEqualTo(shown);

        events.lines.clear();
        events.decode(DELTA);
        assertThat(events.lines).as("and goes on").containsExactly(FOUR_BYTES);
    }
}
