package io.ringdown.bridge.model.openai;

import java.util.Set;

/** What an error of the model means for the call (OpenAI Realtime, error codes). */
enum OpenAiError {
    /** Something of ours came too late to matter: a cancel, a truncate, a commit. */
    BENIGN(ModelCounter.ERRORS_BENIGN),
    /** A response was active already: ours may be asked for again when it is done. */
    COLLISION(ModelCounter.ERRORS_COLLISION),
    /** Our {@code session.update} was refused, and nothing of it applies: the session would speak 24 kHz PCM (C.43). */
    CONFIG(ModelCounter.ERRORS_CONFIG),
    /** The account cannot pay, or may not: trying again is useless (C.51). */
    QUOTA(ModelCounter.ERRORS_QUOTA),
    /** The session reached its limit; the server closes next. */
    EXPIRED(ModelCounter.ERRORS_EXPIRED),
    /** Most errors leave the session open, so the call goes on. */
    OTHER(ModelCounter.ERRORS_OTHER);

    private static final Set<String> BENIGN_CODES = Set.of(
            "response_cancel_not_active",
            "input_audio_buffer_commit_empty",
            "item_not_found",
            "item_retrieve_invalid_item_id",
            "item_truncate_invalid_item_id",
            "item_delete_invalid_item_id");
    private static final Set<String> QUOTA_CODES =
            Set.of("insufficient_quota", "invalid_api_key", "account_deactivated", "billing_hard_limit_reached");

    private final ModelCounter counter;

    OpenAiError(ModelCounter counter) {
        this.counter = counter;
    }

    ModelCounter counter() {
        return counter;
    }

    /** Whether {@code code}, a code or a type of an error, speaks of the account. */
    static boolean isQuota(String code) {
        return code != null && QUOTA_CODES.contains(code);
    }

    /** Whether the answer to a refused upgrade speaks of the account. */
    static boolean mentionsQuota(String body) {
        return QUOTA_CODES.stream().anyMatch(body::contains);
    }

    /**
     * @param code may be null, as may the others: the server often leaves them so
     * @param eventId of the event of ours that failed
     * @param configured whether the session was confirmed; before, our one request is the session itself
     */
    static OpenAiError of(String type, String code, String eventId, boolean configured) {
        if (isQuota(code) || isQuota(type)) {
            return QUOTA;
        }
        if ("session_expired".equals(code)) {
            return EXPIRED;
        }
        if ("conversation_already_has_active_response".equals(code)) {
            return COLLISION;
        }
        if (code != null && BENIGN_CODES.contains(code) || ClientEvent.CANCEL.sent(eventId)) {
            return BENIGN;
        }
        if (ClientEvent.TRUNCATE.sent(eventId)) {
            return BENIGN;
        }
        boolean invalid = isInvalid(code) || isInvalid(type);
        return ClientEvent.CONFIGURE.sent(eventId) || invalid && !configured ? CONFIG : OTHER;
    }

    private static boolean isInvalid(String code) {
        return code != null
                && (code.startsWith("invalid_")
                        || code.equals("missing_required_parameter")
                        || code.equals("unknown_parameter"));
    }
}
