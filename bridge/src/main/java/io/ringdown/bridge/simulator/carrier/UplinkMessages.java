package io.ringdown.bridge.simulator.carrier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes one stream's messages to the server, and numbers them. Event loop only; what is returned, the caller releases. */
final class UplinkMessages {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] MEDIA = ascii("{\"event\":\"media\",\"sequenceNumber\":\"");
    private static final byte[] CHUNK = ascii("\",\"media\":{\"track\":\"inbound\",\"chunk\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] PAYLOAD = ascii("\",\"payload\":\"");
    private static final int MEDIA_BYTES = 420;

    private final String accountSid;
    private final String callSid;
    private final String streamSid;
    private final Map<String, String> parameters;
    private final byte[] mediaEnd;
    private long sequenceNumber;
    private long chunk;

    UplinkMessages(CarrierCall call, Account account, Map<String, String> parameters) {
        accountSid = account.sid();
        callSid = call.callSid();
        streamSid = call.streamSid();
        this.parameters = parameters;
        mediaEnd = ascii("\"},\"streamSid\":\"" + streamSid + "\"}");
    }

    ByteBuf connected(ByteBufAllocator buffers) {
        return buffers.buffer()
                .writeBytes(ascii("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}"));
    }

    ByteBuf start(ByteBufAllocator buffers) {
        return numbered(buffers, "start", json -> {
            json.writeStringField("streamSid", streamSid);
            json.writeStringField("accountSid", accountSid);
            json.writeStringField("callSid", callSid);
            json.writeArrayFieldStart("tracks");
            json.writeString("inbound");
            json.writeEndArray();
            json.writeObjectFieldStart("mediaFormat");
            json.writeStringField("encoding", "audio/x-mulaw");
            json.writeNumberField("sampleRate", 8_000);
            json.writeNumberField("channels", 1);
            json.writeEndObject();
            json.writeObjectFieldStart("customParameters");
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                json.writeStringField(parameter.getKey(), parameter.getValue());
            }
            json.writeEndObject();
        });
    }

    /** Put together from prepared pieces: fifty of them a second go out for each call. */
    ByteBuf media(ByteBufAllocator buffers, byte[] base64, long timestampMs) {
        ByteBuf text = buffers.buffer(MEDIA_BYTES);
        text.writeBytes(MEDIA);
        writeDigits(text, ++sequenceNumber);
        text.writeBytes(CHUNK);
        writeDigits(text, ++chunk);
        text.writeBytes(TIMESTAMP);
        writeDigits(text, timestampMs);
        return text.writeBytes(PAYLOAD).writeBytes(base64).writeBytes(mediaEnd);
    }

    ByteBuf dtmf(ByteBufAllocator buffers, char digit) {
        return numbered(buffers, "dtmf", json -> {
            json.writeStringField("track", "inbound_track");
            json.writeStringField("digit", String.valueOf(digit));
        });
    }

    ByteBuf mark(ByteBufAllocator buffers, String name) {
        return numbered(buffers, "mark", json -> json.writeStringField("name", name));
    }

    ByteBuf stop(ByteBufAllocator buffers) {
        return numbered(buffers, "stop", json -> {
            json.writeStringField("accountSid", accountSid);
            json.writeStringField("callSid", callSid);
        });
    }

    private interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private ByteBuf numbered(ByteBufAllocator buffers, String event, Body body) {
        ByteBuf text = buffers.buffer();
        try (OutputStream bytes = new ByteBufOutputStream(text);
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("event", event);
            json.writeStringField("sequenceNumber", Long.toString(++sequenceNumber));
            json.writeStringField("streamSid", streamSid);
            json.writeObjectFieldStart(event);
            body.writeTo(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text;
    }

    private static void writeDigits(ByteBuf text, long number) {
        long divisor = 1;
        while (number / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            text.writeByte((int) ('0' + number / divisor % 10));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
