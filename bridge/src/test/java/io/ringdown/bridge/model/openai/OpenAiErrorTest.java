package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiErrorTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // type, code, event_id, configured, expected
                "invalid_request_error, response_cancel_not_active, -,        true,  BENIGN",
                "invalid_request_error, response_cancel_not_active, -,        false, BENIGN",
                "invalid_request_error, input_audio_buffer_commit_empty, -,   true,  BENIGN",
                "invalid_request_error, item_not_found,             -,        true,  BENIGN",
                "invalid_request_error, invalid_value,              trunc-4,  true,  BENIGN",
                "invalid_request_error, -,                          trunc-4,  true,  BENIGN",
                "invalid_request_error, invalid_value,              cancel-9, true,  BENIGN",
                "invalid_request_error, conversation_already_has_active_response, resp-2, true, COLLISION",
                "invalid_request_error, conversation_already_has_active_response, -, true, COLLISION",
                "invalid_request_error, invalid_value,              cfg-1,    false, CONFIG",
                "invalid_request_error, cannot_update_voice,        cfg-1,    true,  CONFIG",
                "server_error,          -,                          cfg-1,    false, CONFIG",
                "invalid_request_error, invalid_value,              -,        false, CONFIG",
                "-,                     invalid_event,              -,        false, CONFIG",
                "-,                     missing_required_parameter, -,        false, CONFIG",
                "-,                     unknown_parameter,          -,        false, CONFIG",
                "invalid_request_error, -,                          -,        false, CONFIG",
                "insufficient_quota,    -,                          -,        true,  QUOTA",
                "-,                     insufficient_quota,         resp-1,   true,  QUOTA",
                "invalid_request_error, invalid_api_key,            -,        false, QUOTA",
                "-,                     account_deactivated,        cfg-1,    false, QUOTA",
                "-,                     billing_hard_limit_reached, -,        true,  QUOTA",
                "invalid_request_error, session_expired,            -,        true,  EXPIRED",
                "invalid_request_error, session_expired,            -,        false, EXPIRED",
                "invalid_request_error, invalid_value,              -,        true,  OTHER",
                "invalid_request_error, invalid_value,              resp-1,   true,  OTHER",
                "server_error,          -,                          -,        true,  OTHER",
                "server_error,          -,                          -,        false, OTHER",
                "-,                     rate_limit_exceeded,        -,        true,  OTHER",
                "-,                     -,                          -,        true,  OTHER",
            })
    void shouldTellWhatAnErrorMeans(
            String type, String code, String eventId, boolean configured, OpenAiError expected) {
        assertThat(OpenAiError.of(type, code, eventId, configured)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"error\":{\"code\":\"insufficient_quota\"}}', true",
        "'{\"error\":{\"code\":\"rate_limit_exceeded\"}}', false",
        "'', false"
    })
    void shouldSeeTheAccountInARefusal(String body, boolean expected) {
        assertThat(OpenAiError.mentionsQuota(body)).isEqualTo(expected);
    }
}
