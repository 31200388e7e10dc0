package io.ringdown.bridge.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFramesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 268, 3_000, 65_535})
    void shouldReadBackByNettysDecoder(int length) {
        String text = "abcdefghijklm".repeat(length / 13 + 1).substring(0, length);
        assertThat(read(TextFrames.ofServer(written(text)), false)).isEqualTo(text);
        assertThat(read(TextFrames.ofClient(written(text)), true)).isEqualTo(text);
    }

    /** RFC 6455, 5.3: the key of a frame must not be known from those before it. */
    @Test
    void shouldMaskEachFrameWithAKeyOfItsOwn() {
        Set<Integer> keys = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ByteBuf frame = TextFrames.ofClient(written("hello"));
            keys.add(frame.getInt(2));
            frame.release();
        }
        assertThat(keys).hasSizeGreaterThan(95);
    }

    @Test
    void shouldRefuseATextThatItsHeaderCannotCount() {
        assertThatThrownBy(() -> TextFrames.buffer(65_536, UnpooledByteBufAllocator.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }

    private static ByteBuf written(String text) {
        return TextFrames.buffer(text.length(), UnpooledByteBufAllocator.DEFAULT)
                .writeBytes(text.getBytes(US_ASCII));
    }

    private static String read(ByteBuf frame, boolean masked) {
        WebSocketDecoderConfig strict =
                WebSocketDecoderConfig.newBuilder().expectMaskedFrames(masked).build();
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(strict));
        channel.writeInbound(frame);
        TextWebSocketFrame read = channel.readInbound();
        assertThat(read.isFinalFragment()).isTrue();
        String text = read.text();
        read.release();
        assertThat(channel.finishAndReleaseAll()).isFalse();
        return text;
    }
}
