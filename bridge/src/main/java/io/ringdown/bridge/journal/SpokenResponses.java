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
    private final Set<String> ended = new HashSet<>();
    private final Set<String> transcribed = new HashSet<>();

    void event(CallEvent event) {
        switch (event.type()) {
            case RESPONSE_CREATED -> {
                if (!created.contains(event.responseId())) {
                    created.add(event.responseId());
                }
            }
            case AUDIO_DELTA -> audible.add(event.responseId());
            case AUDIO_DONE, RESPONSE_DONE -> ended.add(event.responseId());
            case TRANSCRIPT_DONE -> transcribed.add(event.responseId());
            default -> {}
        }
    }

    /** The number of the last response that could be heard to its end, if its words never came; else 0. */
    int lastWithoutTranscript() {
        for (int i = created.size() - 1; i >= 0; i--) {
            String response = created.get(i);
            if (audible.contains(response) && ended.contains(response)) {
                return transcribed.contains(response) ? 0 : i + 1;
            }
        }
        return 0;
    }
}
