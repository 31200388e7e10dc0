package io.ringdown.bridge.simulator.model;

/**
 * Finds the caller's speech in μ-law audio by its energy, in windows of 20 ms.
 *
 * <p>Times are milliseconds of audio heard since the start, whatever the clock says, as the real server counts them.
 */
final class SpeechDetector {
    static final int WINDOW_BYTES = 20 * MuLaw.BYTES_PER_MS;

    /** A click is shorter than this; a syllable is not. */
    private static final int ONSET_WINDOWS = 3;

    /** Loudness meant by a threshold of 1: 0.5 is then about -34 dBFS, well above line noise and below quiet speech. */
    private static final double RMS_AT_FULL_THRESHOLD = 1_310;

    private static final double[] POWER = power();

    private final Listener listener;
    private double energy;
    private int windowBytes;
    private long heardBytes;
    private int loudWindows;
    private int quietWindows;
    private boolean speaking;

    SpeechDetector(Listener listener) {
        this.listener = listener;
    }

    /** What was noticed. Both times count from the first byte heard. */
    interface Listener {
        void onSpeechStarted(long audioStartMs);

        void onSpeechStopped(long audioEndMs);
    }

    void hear(byte[] mulaw, TurnDetection settings) {
        for (byte b : mulaw) {
            energy += POWER[b & 0xFF];
            heardBytes++;
            if (++windowBytes == WINDOW_BYTES) {
                closeWindow(settings);
            }
        }
    }

    long heardMs() {
        return heardBytes / MuLaw.BYTES_PER_MS;
    }

    private void closeWindow(TurnDetection settings) {
        double rms = Math.sqrt(energy / WINDOW_BYTES);
        boolean loud = rms > settings.threshold() * RMS_AT_FULL_THRESHOLD;
        energy = 0;
        windowBytes = 0;
        loudWindows = loud ? loudWindows + 1 : 0;
        quietWindows = loud ? 0 : quietWindows + 1;
        if (!speaking && loudWindows == ONSET_WINDOWS) {
            speaking = true;
            long onsetMs = heardMs() - windowsMs(ONSET_WINDOWS);
            listener.onSpeechStarted(Math.max(0, onsetMs - settings.prefixPaddingMs()));
        } else if (speaking && windowsMs(quietWindows) >= settings.silenceDurationMs()) {
            speaking = false;
            listener.onSpeechStopped(heardMs());
        }
    }

    private static int windowsMs(int windows) {
        return windows * WINDOW_BYTES / MuLaw.BYTES_PER_MS;
    }

    private static double[] power() {
        double[] table = new double[256];
        for (int code = 0; code < table.length; code++) {
            double sample = MuLaw.sample((byte) code);
            table[code] = sample * sample;
        }
        return table;
    }
}
