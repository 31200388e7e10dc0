package io.ringdown.bridge.simulator.model;

/** G.711 μ-law as the ear of the model needs it, and as a session that was never configured would speak it. */
final class MuLaw {
    static final int BYTES_PER_MS = 8;

    /** Full-band PCM is 24 kHz, three times the telephone's rate, and two bytes a sample. */
    private static final int SAMPLES_PER_BYTE = 3;

    private static final short[] LINEAR = linear();

    private MuLaw() {}

    static int sample(byte mulaw) {
        return LINEAR[mulaw & 0xFF];
    }

    /** The same sound as 24 kHz little-endian PCM: what a session speaks until it is told otherwise. */
    static byte[] toPcm24k(byte[] mulaw) {
        byte[] pcm = new byte[mulaw.length * SAMPLES_PER_BYTE * Short.BYTES];
        int at = 0;
        for (byte b : mulaw) {
            int sample = sample(b);
            for (int i = 0; i < SAMPLES_PER_BYTE; i++) {
                pcm[at++] = (byte) sample;
                pcm[at++] = (byte) (sample >> Byte.SIZE);
            }
        }
        return pcm;
    }

    private static short[] linear() {
        short[] table = new short[256];
        for (int code = 0; code < table.length; code++) {
            int bits = ~code;
            int magnitude = (((bits & 0x0F) << 3) + 0x84 << ((bits & 0x70) >> 4)) - 0x84;
            table[code] = (short) ((bits & 0x80) == 0 ? magnitude : -magnitude);
        }
        return table;
    }
}
