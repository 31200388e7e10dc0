package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.audio.MuLaw;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AudioAppendTest {
    @Test
    void shouldWrapAFrameInOneExactBuffer() {
        Frame frame = new FramePool(640, 1).acquire();
        byte[] text = "/////w==".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, frame.text(), 0, text.length);
        frame.filled(text.length, 4);

        ByteBuf message = AudioAppend.of(frame, UnpooledByteBufAllocator.DEFAULT);
        frame.text()[0] = 'A'; // the text was copied

        assertThat(message.writableBytes()).isZero();
        assertThat(text(message)).isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"/////w==\"}");
    }

    @Test
    void shouldWriteSilenceOfAnyLength() {
        for (int bytes = AudioAppend.MAX_SILENCE_BYTES; bytes > 0; bytes -= bytes > 500 ? 241 : 1) {
            byte[] audio = Base64.getDecoder()
                    .decode(text(AudioAppend.silence(bytes, UnpooledByteBufAllocator.DEFAULT))
                            .replace("{\"type\":\"input_audio_buffer.append\",\"audio\":\"", "")
                            .replace("\"}", ""));

            assertThat(audio).hasSize(bytes).containsOnly(MuLaw.SILENCE);
        }
    }

    private static String text(ByteBuf message) {
        String text = message.toString(StandardCharsets.UTF_8);
        message.release();
        return text;
    }
}
