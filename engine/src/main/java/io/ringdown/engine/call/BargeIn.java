package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller speaks over the model: stop at once, forget what waits, and tell the model what was really heard. Decided by
 * what the caller can hear, never by whether the model still generates: mostly it does not any more.
 */
final class BargeIn {
    private final CallState call;
    private final Downlink downlink;

    BargeIn(CallState call, Downlink downlink) {
        this.call = call;
        this.downlink = downlink;
    }

    void onSpeech() {
        boolean audible = call.isAudible();
        Response active = call.responses.active();
        for (Response response : call.responses.known()) {
            response.interrupt();
        }
        if (!audible && active == null) {
            return;
        }
        List<Response> unheard = unheard();
        if (audible) {
            call.commands.clear(DropReason.BARGE_IN);
        }
        call.playout.clear(call.nowNs);
        for (Response response : call.responses.known()) {
            response.dropOut();
            downlink.cancel(response);
        }
        for (Response response : unheard) {
            truncate(response);
        }
        call.history.bargedIn(unheard);
        call.cue(Turn.Cue.BARGE_IN);
    }

    /** The responses of this generation with audio that was not heard to its end. */
    private List<Response> unheard() {
        List<Response> unheard = new ArrayList<>(1);
        for (Response response : call.responses.known()) {
            boolean wanted = response.generation == call.playout.generation() && !response.isDiscarded();
            if (wanted && response.ordinal != 0 && response.hasSpeech() && !response.isPlayed(call.playout)) {
                unheard.add(response);
            }
        }
        return unheard;
    }

    /** After the playout was cleared, so that what was heard is settled. */
    private void truncate(Response response) {
        if (call.isModelLost()) {
            return;
        }
        for (AudioPart part : response.parts()) {
            if (part.heardBytes() < part.receivedBytes()) {
                call.commands.truncate(part.itemId, part.contentIndex, part.heardBytes() / MuLaw.BYTES_PER_MS);
            }
        }
    }
}
