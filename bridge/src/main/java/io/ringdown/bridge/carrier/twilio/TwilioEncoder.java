package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.ringdown.bridge.net.TextFrames;
import io.ringdown.engine.audio.Frame;

/**
 * The three messages that Twilio Media Streams take, of one stream, with exactly the members they may have, in buffers that
 * {@link TextFrames} can make frames of. Lane only; the buffers are the caller's.
 */
final class TwilioEncoder {
    private static final byte[] END = ascii("\"}}");

    private final byte[] mediaBegin;
    private final byte[] markBegin;
    private final byte[] clear;

    /** @param streamSid needs no escaping in JSON, as {@link StreamStart} promises */
    TwilioEncoder(String streamSid) {
        String stream = "\",\"streamSid\":\"" + streamSid + "\"";
        mediaBegin = ascii("{\"event\":\"media" + stream + ",\"media\":{\"payload\":\"");
        markBegin = ascii("{\"event\":\"mark" + stream + ",\"mark\":{\"name\":\"");
        clear = ascii("{\"event\":\"clear" + stream + "}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    ByteBuf media(Frame frame, ByteBufAllocator buffers) {
        return exactly(mediaBegin.length + frame.textLength() + END.length, buffers)
                .writeBytes(mediaBegin)
                .writeBytes(frame.text(), 0, frame.textLength())
                .writeBytes(END);
    }

    ByteBuf mark(int generation, int number, ByteBufAllocator buffers) {
        ByteBuf mark = exactly(markBegin.length + MarkName.length(generation, number) + END.length, buffers);
        mark.writeBytes(markBegin);
        MarkName.write(mark, generation, number);
        return mark.writeBytes(END);
    }

    ByteBuf clear(ByteBufAllocator buffers) {
        return exactly(clear.length, buffers).writeBytes(clear);
    }

    private static ByteBuf exactly(int bytes, ByteBufAllocator buffers) {
        return TextFrames.buffer(bytes, buffers);
    }
}
