package io.ringdown.engine.call;

import java.util.Locale;

/** Why a call is ended: one closed list, highest priority first when several are due at once (S22). */
public enum HangupReason {
    PEER_ABUSE,
    INTERNAL_ERROR,
    OPERATOR,
    SHUTDOWN,
    MODEL_CONFIG_FAILED,
    MODEL_QUOTA,
    MODEL_LOST,
    MAX_DURATION,
    VOICEMAIL,
    END_CALL_TOOL,
    BOT_GOODBYE_BYE_ONLY,
    USER_GOODBYE,
    SILENCE_TIMEOUT,
    NO_START,
    STREAM_REPLACED;

    private final String logName = name().toLowerCase(Locale.ROOT);

    /** The name in logs and metrics. */
    public String logName() {
        return logName;
    }

    /** Whether the carrier is asked to end the phone call; otherwise only our stream of it ends. */
    public boolean endsPhoneCall() {
        return this != NO_START && this != STREAM_REPLACED;
    }

    /** Whether a caller who speaks before the claim keeps the call: the bounds that must hold do not ask. */
    public boolean yieldsToCaller() {
        return switch (this) {
            case END_CALL_TOOL, BOT_GOODBYE_BYE_ONLY, USER_GOODBYE, SILENCE_TIMEOUT -> true;
            default -> false;
        };
    }
}
