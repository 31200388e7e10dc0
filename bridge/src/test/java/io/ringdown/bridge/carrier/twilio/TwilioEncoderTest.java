package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import org.junit.jupiter.api.Test;

class TwilioEncoderTest {
    private final TwilioEncoder encoder = new TwilioEncoder(SpokenTwilio.SID1);

    @Test
    void shouldWriteAudio() {
        Frame frame = new FramePool(640, 1).acquire();
        System.arraycopy("/////w==garbage".getBytes(US_ASCII), 0, frame.text(), 0, 15);
        frame.filled(8, 4);

        assertWritten(
                encoder.media(frame, UnpooledByteBufAllocator.DEFAULT),
                "{\"event\":\"media\",\"streamSid\":\"MZ11111111111111111111111111111111\",\"media\":{\"payload\":\"/////w==\"}}");
    }

    @Test
    void shouldWriteMarks() {
        assertWritten(
                encoder.mark(3, 17, UnpooledByteBufAllocator.DEFAULT),
                "{\"event\":\"mark\",\"streamSid\":\"MZ11111111111111111111111111111111\",\"mark\":{\"name\":\"g3.m17\"}}");
    }

    @Test
    void shouldWriteClear() {
        assertWritten(
                encoder.clear(UnpooledByteBufAllocator.DEFAULT),
                "{\"event\":\"clear\",\"streamSid\":\"MZ11111111111111111111111111111111\"}");
    }

    private static void assertWritten(ByteBuf written, String golden) {
        assertThat(written.toString(US_ASCII)).isEqualTo(golden);
        assertThat(written.isWritable()).isFalse();
        written.release();
    }
}
