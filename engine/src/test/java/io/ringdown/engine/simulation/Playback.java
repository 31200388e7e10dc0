package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.Frame;

/** What goes to the caller: within the lead, bounded, cleared when the caller speaks, and nothing of it afterwards. */
final class Playback {
    /** A frame may be longer than the lead, and its carrier late by a round trip. */
    private static final long LEAD_SLACK_NS = 900 * World.NS_PER_MS;

    /** What may wait for a socket: the lead, and a frame. */
    private static final long TX_BYTES = 8_000;

    private final Facts facts;
    private int marksSent;
    private int marksUnanswered;
    private int lastMark;
    private int liveGeneration;
    private boolean audioBehindMark;
    private int clears;
    private int clearsWanted;
    private boolean spokeInTurn;
    private long recordingUntilNs;
    private boolean recordingUnheard;

    Playback(Facts facts) {
        this.facts = facts;
    }

    /** @param utterance null for a recording of ours */
    void audioSent(Utterance utterance, Frame frame) {
        long aheadNs = facts.call.carrier.remainingNs();
        facts.check(!facts.isReleased(), "nothing after the end", "audio to the carrier");
        facts.check(
                aheadNs <= facts.times.leadNs() + LEAD_SLACK_NS || facts.hasCarrierMisbehaved(),
                "lead",
                "the carrier is ahead by ms " + aheadNs / World.NS_PER_MS);
        audioBehindMark = true;
        if (utterance == null) {
            recordingUnheard = true;
            return;
        }
        boolean lawful = !utterance.silenced || spokeInTurn && facts.isOver();
        facts.check(lawful, "none after a barge-in", "audio of " + utterance.id);
        utterance.sentBytes += frame.audioBytes();
    }

    /** What nobody says next may be what nobody should say any more. */
    void audioOutOfOrder(Frame frame) {
        for (Utterance utterance : facts.utterances()) {
            for (int from = 0; utterance.silenced && from < utterance.receivedBytes; from++) {
                boolean ghost = Spoken.isIn(frame, utterance.voice, from);
                facts.check(!ghost, "none after a barge-in", "audio of " + utterance.id);
            }
        }
        facts.check(false, "bytes in order", "nobody says these next: " + frame.audioBytes());
    }

    void recordingPlays(long untilNs) {
        recordingUntilNs = untilNs;
    }

    void markSent(int generation, int number) {
        facts.check(!facts.isReleased(), "nothing after the end", "a mark to the carrier");
        marksSent++;
        marksUnanswered++;
        lastMark = number;
        liveGeneration = generation;
        audioBehindMark = false;
    }

    void echoed(int generation, int number) {
        if (generation == liveGeneration && number == lastMark) {
            marksUnanswered = 0;
        }
    }

    void cleared() {
        clears++;
        recordingUnheard = false;
        marksUnanswered = 0;
    }

    /** @param goodbye whether one is pending, over which the caller always may speak */
    void callerSpeaks(boolean goodbye) {
        boolean heeded = goodbye && !facts.wasLate() || !facts.isPolicy() && !facts.isRecordingForGood();
        for (Utterance utterance : facts.utterances()) {
            utterance.interrupted |= utterance.announced;
            utterance.silenced |= utterance.announced && heeded;
        }
        spokeInTurn = true;
        SimulatedCarrier carrier = facts.call.carrier;
        boolean audible = carrier.remainingNs() > Facts.TOLERANCE_NS && !carrier.isStalled();
        if (audible && facts.isTalking() && !facts.isPolicy() && !facts.isRecordingForGood()) {
            clearsWanted = clears + 1;
        }
    }

    /** Whether an echo of that mark would tell where playback is. */
    boolean isLive(int generation, int number) {
        return generation == liveGeneration && number <= lastMark;
    }

    /** Whether the carrier has echoed all it was sent. */
    boolean isConfirmed() {
        return marksSent > 0 && marksUnanswered == 0 && !audioBehindMark && !facts.call.carrier.isStalled();
    }

    boolean isRecordingUnheard() {
        return recordingUnheard;
    }

    boolean isRecordingPlaying() {
        return recordingUnheard && recordingUntilNs > facts.nowNs();
    }

    /** Of the utterances that may still be sent. */
    long unsentBytes() {
        long unsentBytes = 0;
        for (Utterance utterance : facts.utterances()) {
            boolean wanted = utterance.announced && !utterance.interrupted && !utterance.cancelled;
            unsentBytes += wanted ? utterance.receivedBytes - utterance.sentBytes : 0;
        }
        return unsentBytes;
    }

    void afterTurn() {
        if (!facts.isOver()) {
            long waiting = unsentBytes();
            boolean bounded = waiting <= World.OUT_BYTES + TX_BYTES || facts.isPolicy();
            facts.check(clears >= clearsWanted, "barge-in clears", "the caller spoke and was not let");
            facts.check(bounded, "bounded memory", "waiting bytes=" + waiting);
            spokeInTurn = false;
        }
        clearsWanted = 0;
    }
}
