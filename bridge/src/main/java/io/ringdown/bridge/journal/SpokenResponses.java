package io.ringdown.bridge.journal;

import io.ringdown.engine.call.CallEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which responses the model spoke, and of which of them it said what it had spoken. */
final class SpokenResponses {
    private final List<String> created = new ArrayList<>();
    private final Set<String> audible = new HashSet<>();
    private final Set<String> transcribed = new HashSet<>();
    private String lastHeard; // to its end, for all the model knows

    void event(CallEvent event) {
        switch (event.type()) {
            case RESPONSE_CREATED -> {
                if (!created.contains(event.responseId())) {
                    created.add(event.responseId());
                }
            }
            case AUDIO_DELTA -> audible.add(event.responseId());
            case AUDIO_DONE, RESPONSE_DONE -> {
                if (audible.contains(event.responseId())) {
                    lastHeard = event.responseId();
                }
            }
            case TRANSCRIPT_DONE -> transcribed.add(event.responseId());
            default -> {}
        }
    }

    /** Whether the words of any response came. */
    boolean hasWords() {
        return !transcribed.isEmpty();
    }

    /** The number of the last response that could be heard to its end, if its words never came; else 0. */
    int lastWithoutTranscript() {
        return lastHeard == null || transcribed.contains(lastHeard) ? 0 : created.indexOf(lastHeard) + 1;
    }
}
