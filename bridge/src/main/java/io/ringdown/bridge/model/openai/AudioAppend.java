package io.ringdown.bridge.model.openai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.ringdown.bridge.net.TextFrames;
import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.MuLaw;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code input_audio_buffer.append}, the one message that is sent all the time: constant text around the audio's, copied
 * into one buffer of the right size, which {@link TextFrames} can make a frame of. It has no {@code event_id}, since the
 * server never acknowledges it.
 */
final class AudioAppend {
    private static final byte[] BEFORE = ascii("{\"type\":\"input_audio_buffer.append\",\"audio\":\"");
    private static final byte[] AFTER = ascii("\"}");

    /** Silence in one message: 1 s. */
    static final int MAX_SILENCE_BYTES = 1_000 * MuLaw.BYTES_PER_MS;

    private static final byte[] SILENCE = silence();
    private static final byte[][] SILENCE_TAILS = {{}, ascii("/w=="), ascii("//8=")};

    private AudioAppend() {}

    /** The message for a frame, which stays the caller's. */
    static ByteBuf of(Frame frame, ByteBufAllocator allocator) {
        return message(allocator, frame.textLength())
                .writeBytes(frame.text(), 0, frame.textLength())
                .writeBytes(AFTER);
    }

    /** The message for {@code bytes} of silence, at most {@link #MAX_SILENCE_BYTES}. */
    static ByteBuf silence(int bytes, ByteBufAllocator allocator) {
        int chars = Base64Text.length(bytes);
        byte[] tail = SILENCE_TAILS[bytes % 3];
        return message(allocator, chars)
                .writeBytes(SILENCE, 0, chars - tail.length)
                .writeBytes(tail)
                .writeBytes(AFTER);
    }

    private static ByteBuf message(ByteBufAllocator allocator, int chars) {
        return TextFrames.buffer(BEFORE.length + chars + AFTER.length, allocator)
                .writeBytes(BEFORE);
    }

    /** Silence is all ones, which base64 writes as slashes. */
    private static byte[] silence() {
        byte[] slashes = new byte[Base64Text.length(MAX_SILENCE_BYTES)];
        Arrays.fill(slashes, (byte) '/');
        return slashes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
