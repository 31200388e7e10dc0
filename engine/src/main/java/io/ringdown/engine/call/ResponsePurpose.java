package io.ringdown.engine.call;

/** Why a response exists: the model's own turn-taking made it, or we asked for it. */
public enum ResponsePurpose {
    /** Voice activity detection made it, after the caller's turn. */
    TURN,
    GREETING,
    /** A goodbye to speak, since {@code end_call} came without one. */
    FAREWELL,
    /** What the model makes of a tool's answer. */
    TOOL_ANSWER,
    /** An answer to the caller's goodbye (S25). */
    GOODBYE_ANSWER,
    /** The rest of an utterance that was cut: by an echo taken for speech (S28), or left incomplete (S9). */
    RESUME,
}
