package io.ringdown.engine.simulation;

import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;

/** One response of the model: what the lane was told of it, and what became of its audio. */
final class Utterance {
    final String id;
    final int voice;
    final ResponsePurpose purpose;

    /** What the model did. */
    boolean begun;

    boolean over;

    // what the lane was told
    boolean announced;
    int announcement; // which one of its call
    int receivedBytes;
    final boolean[] hasAudio = new boolean[2];
    final boolean[] audioDone = new boolean[2];
    final String[] words = new String[2];
    boolean secondItemFirst;
    boolean endsCall;
    ResponseStatus status = ResponseStatus.IN_PROGRESS;
    boolean interrupted;

    /** The caller spoke over it and was heeded: from then on nothing of it may be sent. */
    boolean silenced;

    boolean cancelled;
    boolean heardInTurn;
    long announcedNs;
    long toldNs;

    // what the carrier was sent and the caller heard
    int sentBytes;
    int playedBytes;
    long playsUntilNs;

    Utterance(String id, int voice, ResponsePurpose purpose) {
        this.id = id;
        this.voice = voice;
        this.purpose = purpose;
    }

    /** Something of {@code item} is told. */
    void told(int item, long nowNs) {
        toldNs = nowNs;
        if (item == 1 && !hasAudio[0] && !audioDone[0] && words[0] == null) {
            secondItemFirst = true;
        }
    }

    /** The last words of it are a goodbye. */
    boolean isGoodbye() {
        int last = secondItemFirst || words[1] == null ? 0 : 1;
        String said = words[last] == null ? words[1 - last] : words[last];
        return Lines.GOODBYE.equals(said);
    }

    boolean isHeard(long nowNs) {
        return sentBytes == receivedBytes && playedBytes == sentBytes && playsUntilNs <= nowNs;
    }
}
