package io.ringdown.bridge.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A WAV file written byte by byte, so that any field of its header can lie. */
record WavBytes(int formatTag, int channels, int sampleRate, int bits, byte[] data) {
    static final int HEADER_BYTES = 44;
    static final int PCM = 1;
    static final int FLOAT = 3;
    static final int A_LAW = 6;
    static final int MU_LAW = 7;

    static WavBytes pcm16(byte[] samples) {
        return new WavBytes(PCM, 1, 8000, 16, samples);
    }

    static WavBytes muLaw(byte[] codes) {
        return new WavBytes(MU_LAW, 1, 8000, 8, codes);
    }

    byte[] bytes() {
        return bytes(data.length);
    }

    byte[] bytes(int promisedBytes) {
        int frameBytes = channels * bits / 8;
        return ByteBuffer.allocate(HEADER_BYTES + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(promisedBytes == -1 ? -1 : HEADER_BYTES - 8 + promisedBytes)
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short) formatTag)
                .putShort((short) channels)
                .putInt(sampleRate)
                .putInt(sampleRate * frameBytes)
                .putShort((short) frameBytes)
                .putShort((short) bits)
                .put(ascii("data"))
                .putInt(promisedBytes)
                .put(data)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
