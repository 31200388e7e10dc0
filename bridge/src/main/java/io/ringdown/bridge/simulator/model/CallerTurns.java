package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;

/** How often a model would take its turn in a recording of a caller, found as a session with default turn detection does. */
public final class CallerTurns {
    private static final int FRAME_BYTES = SpeechDetector.WINDOW_BYTES;

    private CallerTurns() {}

    /** Turns that begin in {@code muLaw}, the last ended by the silence behind it. Any thread. */
    public static int count(byte[] muLaw) {
        TurnDetection settings = TurnDetection.of(MissingNode.getInstance());
        int silenceBytes = settings.silenceDurationMs() * MuLaw.BYTES_PER_MS + FRAME_BYTES;
        int wholeBytes = (muLaw.length + FRAME_BYTES - 1) / FRAME_BYTES * FRAME_BYTES;
        byte[] heard = Arrays.copyOf(muLaw, wholeBytes + silenceBytes);
        Arrays.fill(heard, muLaw.length, heard.length, (byte) 0xFF);
        Counter counter = new Counter();
        new SpeechDetector(counter).hear(heard, settings);
        return counter.turns;
    }

    private static final class Counter implements SpeechDetector.Listener {
        private int turns;

        @Override
        public void onSpeechStarted(long audioStartMs) {}

        @Override
        public void onSpeechStopped(long audioEndMs) {
            turns++;
        }
    }
}
