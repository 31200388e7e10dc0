package io.ringdown.bridge.model.openai;

import io.ringdown.engine.call.ResponsePurpose;

/** What the model is told when a response is asked for, beside its standing instructions. Never said as the caller (C.52). */
enum Prompt {
    NONE(""),
    GREETING(""),
    FAREWELL("The call is over. Say a short goodbye now, in the language of the conversation, and nothing else."),
    GOODBYE_ANSWER("The caller has said goodbye. Answer in a few words and say goodbye too, in the caller's language."),
    RESUME("You were cut off. Finish what you were saying, briefly, without starting over.");

    private final String words;

    Prompt(String words) {
        this.words = words;
    }

    static Prompt of(ResponsePurpose purpose) {
        return switch (purpose) {
            case TURN, TOOL_ANSWER -> NONE;
            case GREETING -> GREETING;
            case FAREWELL -> FAREWELL;
            case GOODBYE_ANSWER -> GOODBYE_ANSWER;
            case RESUME -> RESUME;
        };
    }

    /** Empty: its standing instructions are enough. */
    String words(OpenAiSession session) {
        return this == GREETING ? session.greeting() : words;
    }

    /** A farewell that called {@code end_call} once more would be silent again. */
    boolean mayCallTools() {
        return this != FAREWELL;
    }
}
