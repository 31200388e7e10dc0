package io.ringdown.engine.audio;

/** G.711 μ-law as telephones carry it: 8 kHz, mono, one byte a sample. */
public final class MuLaw {
    public static final int SAMPLE_RATE_HZ = 8_000;
    public static final int BYTES_PER_MS = SAMPLE_RATE_HZ / 1_000;
    public static final long NS_PER_BYTE = 1_000_000_000L / SAMPLE_RATE_HZ;

    /** Silence. 0x00 would be the loudest click there is. */
    public static final byte SILENCE = (byte) 0xFF;

    private MuLaw() {}

    /** How long {@code bytes} of audio sound, in ns. */
    public static long durationNs(long bytes) {
        return bytes * NS_PER_BYTE;
    }

    /** How many whole bytes of audio sound in {@code durationNs}. */
    public static long bytesIn(long durationNs) {
        return durationNs / NS_PER_BYTE;
    }
}
