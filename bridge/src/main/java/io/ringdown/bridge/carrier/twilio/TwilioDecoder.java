package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringdown.bridge.json.BoundedJson;
import io.ringdown.bridge.json.CanonicalBase64;
import io.ringdown.bridge.json.PlainJson;
import io.ringdown.bridge.json.PlainJson.Kind;
import io.ringdown.engine.audio.MuLaw;

/**
 * Reads what Twilio Media Streams send, one text message after the other. Audio and marks as they ordinarily come are
 * recognised in place and without garbage; whatever is the least bit different goes through a full parser, which alone
 * decides what is wrong with it. A bad message is reported and forgotten. Lane only.
 */
final class TwilioDecoder {
    private enum Stream {
        AWAITED,
        STARTED,
        STOPPED
    }

    private static final int MAX_AUDIO_BYTES = 8_000;
    private static final int MAX_TIMESTAMP_DIGITS = 18;
    private static final String DIGITS = "0123456789*#ABCD";

    private static final byte[] EVENT = ascii("event");
    private static final byte[] STREAM_SID = ascii("streamSid");
    private static final byte[] MEDIA = ascii("media");
    private static final byte[] TRACK = ascii("track");
    private static final byte[] INBOUND = ascii("inbound");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] PAYLOAD = ascii("payload");
    private static final byte[] MARK = ascii("mark");
    private static final byte[] NAME = ascii("name");

    private final TwilioMessages messages;
    private final PlainJson json;
    private Stream stream = Stream.AWAITED;
    private String streamSid;
    private byte[] streamSidText;
    private MediaShape shape; // of the first message with audio, once there was one
    private boolean shapeTaken;
    private long expectedMs; // where audio goes on that does not say when it was heard

    TwilioDecoder(TwilioMessages messages, PlainJson json) {
        this.messages = messages;
        this.json = json;
    }

    static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Reads the first {@code length} bytes of {@code text}; they are not looked at after the return. */
    void decode(byte[] text, int length) {
        if (stream == Stream.STOPPED || stream == Stream.STARTED && decodeOrdinary(text, length)) {
            return;
        }
        JsonNode message = BoundedJson.object(text, length);
        if (message == null) {
            messages.bad(BadMessage.NOT_JSON);
        } else {
            decode(message);
        }
    }

    // the ordinary messages

    private boolean decodeOrdinary(byte[] text, int length) {
        if (shape != null && shape.matches(text, length)) {
            return decodeAudio(text, shape.payloadStart(), shape.payloadLength(), shape.timestampMs());
        }
        if (!json.scan(text, 0, length) || !json.is(json.member(PlainJson.TOP, STREAM_SID), streamSidText)) {
            return false;
        }
        int event = json.member(PlainJson.TOP, EVENT);
        if (json.is(event, MEDIA)) {
            return decodeOrdinaryMedia(text, length, json.member(PlainJson.TOP, MEDIA));
        }
        return json.is(event, MARK) && decodeOrdinaryMark(text, json.member(PlainJson.TOP, MARK));
    }

    private boolean decodeOrdinaryMedia(byte[] text, int length, int media) {
        int payload = json.member(media, PAYLOAD);
        int timestamp = json.member(media, TIMESTAMP);
        long timestampMs = json.number(timestamp);
        if (json.kind(payload) != Kind.STRING || timestampMs == PlainJson.NO_NUMBER || !isOfCaller(media)) {
            return false;
        }
        if (!decodeAudio(text, json.start(payload), json.length(payload), timestampMs)) {
            return false;
        }
        if (!shapeTaken) {
            shapeTaken = true;
            shape = MediaShape.of(text, length, json, media, timestamp, payload);
        }
        return true;
    }

    private boolean decodeAudio(byte[] text, int start, int length, long timestampMs) {
        int bytes = CanonicalBase64.decodedLength(text, start, length);
        if (bytes < 1 || bytes > MAX_AUDIO_BYTES) {
            return false;
        }
        expectedMs = timestampMs + bytes / MuLaw.BYTES_PER_MS;
        messages.media(text, start, length, timestampMs);
        return true;
    }

    private boolean isOfCaller(int media) {
        int track = json.member(media, TRACK);
        return track == PlainJson.ABSENT || json.is(track, INBOUND);
    }

    private boolean decodeOrdinaryMark(byte[] text, int mark) {
        int name = json.member(mark, NAME);
        return json.kind(name) == Kind.STRING && echoed(text, json.start(name), json.length(name));
    }

    private boolean echoed(byte[] text, int offset, int length) {
        long mark = MarkName.parse(text, offset, length);
        if (mark == MarkName.UNKNOWN) {
            return false;
        }
        messages.mark(MarkName.generation(mark), MarkName.number(mark));
        return true;
    }

    // all messages

    private void decode(JsonNode message) {
        String event = message.path("event").asText("");
        switch (event) {
            case "connected" -> messages.connected();
            case "start" -> decodeStart(message);
            case "media", "mark", "dtmf", "stop" -> decodeOfStream(event, message);
            default -> messages.bad(BadMessage.UNKNOWN_EVENT);
        }
    }

    private void decodeStart(JsonNode message) {
        StreamStart start = StreamStart.read(message.path("start"));
        JsonNode outerSid = message.path("streamSid");
        if (start == null) {
            messages.bad(BadMessage.INCOMPLETE);
        } else if (!outerSid.isMissingNode() && !start.streamSid().equals(outerSid.textValue())) {
            messages.bad(BadMessage.FOREIGN_STREAM);
        } else if (!StreamStart.isTelephoneAudio(message.path("start"))) {
            messages.bad(BadMessage.FOREIGN_FORMAT);
        } else if (stream == Stream.AWAITED) {
            stream = Stream.STARTED;
            streamSid = start.streamSid();
            streamSidText = ascii(streamSid);
            messages.started(start);
        } else if (!streamSid.equals(start.streamSid())) {
            messages.bad(BadMessage.FOREIGN_STREAM);
        }
    }

    private void decodeOfStream(String event, JsonNode message) {
        String sid = message.path("streamSid").textValue();
        if (stream == Stream.AWAITED) {
            messages.bad(BadMessage.BEFORE_START);
        } else if (sid == null) {
            messages.bad(BadMessage.INCOMPLETE);
        } else if (!sid.equals(streamSid)) {
            messages.bad(BadMessage.FOREIGN_STREAM);
        } else {
            switch (event) {
                case "media" -> decodeMedia(message.path("media"));
                case "mark" -> decodeMark(message.path("mark"));
                case "dtmf" -> decodeDtmf(message.path("dtmf"));
                default -> stop();
            }
        }
    }

    private void decodeMedia(JsonNode media) {
        JsonNode track = media.path("track");
        String payload = media.path("payload").textValue();
        long timestampMs = timestampMs(media.path("timestamp"));
        if (payload == null || timestampMs < 0) {
            messages.bad(BadMessage.INCOMPLETE);
        } else if (!track.isMissingNode() && !"inbound".equals(track.textValue())) {
            messages.bad(BadMessage.FOREIGN_TRACK);
        } else if (!payload.isEmpty()) {
            decodeAudio(ascii(payload), timestampMs);
        }
    }

    private void decodeAudio(byte[] payload, long timestampMs) {
        byte[] text = CanonicalBase64.reencode(payload);
        int bytes = text == null ? 0 : CanonicalBase64.decodedLength(text, 0, text.length);
        if (bytes < 1) {
            messages.bad(BadMessage.NOT_BASE64);
        } else if (bytes > MAX_AUDIO_BYTES) {
            messages.bad(BadMessage.TOO_MUCH_AUDIO);
        } else {
            expectedMs = timestampMs + bytes / MuLaw.BYTES_PER_MS;
            messages.media(text, 0, text.length, timestampMs);
        }
    }

    private long timestampMs(JsonNode timestamp) {
        if (timestamp.isMissingNode()) {
            return expectedMs;
        }
        String text = BoundedJson.scalar(timestamp);
        boolean whole = text != null && text.matches("[0-9]{1," + MAX_TIMESTAMP_DIGITS + "}");
        return whole ? Long.parseLong(text) : -1;
    }

    private void decodeMark(JsonNode mark) {
        String name = mark.path("name").textValue();
        if (name == null) {
            messages.bad(BadMessage.INCOMPLETE);
            return;
        }
        byte[] text = ascii(name); // shorter than the name where two units make one character
        if (!echoed(text, 0, text.length)) {
            messages.bad(BadMessage.UNKNOWN_MARK);
        }
    }

    private void decodeDtmf(JsonNode dtmf) {
        String digit = BoundedJson.scalar(dtmf.path("digit"));
        if (digit != null && digit.length() == 1 && DIGITS.contains(digit)) {
            messages.dtmf(digit);
        } else {
            messages.bad(BadMessage.UNKNOWN_DIGIT);
        }
    }

    private void stop() {
        stream = Stream.STOPPED;
        messages.stopped();
    }
}
