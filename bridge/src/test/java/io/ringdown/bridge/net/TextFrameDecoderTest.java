package io.ringdown.bridge.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short cut beside its twin without one, which says what is right. */
class TextFrameDecoderTest {
    private static final int STREAMS = 20_000;
    private static final int MAX_BYTES = 400;
    private static final int TEXT = 0x81;
    private static final List<Integer> FIRST_BYTES =
            List.of(TEXT, TEXT, TEXT, TEXT, TEXT, 0x01, 0x80, 0x00, 0x82, 0x89, 0x8A, 0x88, 0xC1, 0x83);

    private int shortCuts;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayWhatNettysDecoderSaysHoweverTheBytesAreCut(boolean masked) {
        for (int seed = 0; seed < STREAMS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ByteBuf stream = stream(random, masked);
            List<byte[]> pieces = cut(stream, random);
            List<String> expected = heard(masked, pieces, whole -> new WebSocket13FrameDecoder(config(masked)));
            List<String> heard = heard(masked, pieces, whole -> new TextFrameDecoder(config(masked), whole));
            assertThat(heard)
                    .as("seed %d: %s", seed, ByteBufUtil.hexDump(stream))
                    .isEqualTo(expected);
            stream.release();
        }
        assertThat(shortCuts).isGreaterThan(STREAMS / 2);
    }

    @Test
    void shouldGoOnBehindATextWhoseTakerFailed() {
        List<String> heard = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new TextFrameDecoder(config(true), text -> {
            heard.add(text.toString(UTF_8));
            if (heard.size() == 1) {
                throw new IllegalStateException("told to fail");
            }
        }));
        ByteBuf both = Unpooled.buffer();
        frame(both, TEXT, "one".getBytes(UTF_8), true, 1);
        frame(both, TEXT, "two".getBytes(UTF_8), true, 2);
        try {
            channel.writeInbound(both);
        } catch (RuntimeException failure) {
            assertThat(failure).hasRootCauseMessage("told to fail");
        }
        channel.writeInbound(Unpooled.EMPTY_BUFFER);
        assertThat(heard).containsExactly("one", "two");
        channel.finishAndReleaseAll();
    }

    private static WebSocketDecoderConfig config(boolean masked) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_BYTES)
                .expectMaskedFrames(masked)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .build();
    }

    private static ByteBuf stream(SplittableRandom random, boolean masked) {
        ByteBuf stream = Unpooled.buffer();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            int first = FIRST_BYTES.get(random.nextInt(FIRST_BYTES.size()));
            boolean wrongMask = random.nextInt(40) == 0;
            frame(stream, first, payload(random, first), masked != wrongMask, random.nextInt());
        }
        return stream;
    }

    private static byte[] payload(SplittableRandom random, int first) {
        int bound = (first & 0x08) != 0 ? 126 : random.nextInt(20) == 0 ? 2 * MAX_BYTES : MAX_BYTES;
        byte[] payload = new byte[random.nextInt(bound)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) random.nextInt(' ', 127);
        }
        if (payload.length > 2 && random.nextInt(8) == 0) {
            byte[] word = "é".getBytes(UTF_8);
            System.arraycopy(word, 0, payload, random.nextInt(payload.length - 1), random.nextInt(1, 3));
        }
        return payload;
    }

    private static void frame(ByteBuf to, int first, byte[] payload, boolean masked, int key) {
        to.writeByte(first);
        int bit = masked ? 0x80 : 0;
        if (payload.length < 126) {
            to.writeByte(bit | payload.length);
        } else {
            to.writeByte(bit | 126).writeShort(payload.length);
        }
        if (masked) {
            to.writeInt(key);
        }
        for (int i = 0; i < payload.length; i++) {
            to.writeByte(masked ? payload[i] ^ key >> 24 - i % 4 * 8 : payload[i]);
        }
    }

    private static List<byte[]> cut(ByteBuf stream, SplittableRandom random) {
        List<byte[]> pieces = new ArrayList<>();
        boolean fine = random.nextInt(4) == 0;
        for (int at = 0; at < stream.writerIndex(); ) {
            int length = Math.min(stream.writerIndex() - at, random.nextInt(1, fine ? 5 : 2_000));
            pieces.add(ByteBufUtil.getBytes(stream, at, length));
            at += length;
        }
        return pieces;
    }

    /** What comes out of the pipeline of a stream, failures too, in order; after a failure a leg listens no more. */
    private List<String> heard(
            boolean masked, List<byte[]> pieces, Function<Consumer<ByteBuf>, ChannelHandler> decoder) {
        List<String> heard = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(decoder.apply(text -> {
            shortCuts++;
            note(heard, "text " + text.toString(UTF_8));
        }));
        if (masked) {
            channel.pipeline().addLast(new Utf8FrameValidator(false));
        }
        channel.pipeline().addLast(new WebSocketFrameAggregator(MAX_BYTES));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                WebSocketFrame frame = (WebSocketFrame) message;
                String kind = frame instanceof TextWebSocketFrame
                        ? "text"
                        : frame.getClass().getSimpleName();
                note(heard, kind + " " + frame.content().toString(UTF_8));
                frame.release();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                note(heard, "failed " + cause.getMessage());
            }
        });
        for (byte[] piece : pieces) {
            channel.writeInbound(Unpooled.copiedBuffer(piece));
        }
        channel.finishAndReleaseAll();
        return heard;
    }

    private static void note(List<String> heard, String what) {
        boolean over = !heard.isEmpty()
                && (heard.get(heard.size() - 1).startsWith("failed")
                        || heard.get(heard.size() - 1).startsWith("Close"));
        if (!over) {
            heard.add(what);
        }
    }
}
