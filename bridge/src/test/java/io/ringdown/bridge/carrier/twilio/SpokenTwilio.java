package io.ringdown.bridge.carrier.twilio;

import java.util.Base64;

/** Messages as Twilio sends them. */
final class SpokenTwilio {
    static final String SID1 = "MZ11111111111111111111111111111111";
    static final String SID2 = "MZ99999999999999999999999999999999";
    static final String CALL = "CA33333333333333333333333333333333";
    static final String ACCOUNT = "AC22222222222222222222222222222222";

    static final String CONNECTED = "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";
    static final String START = start(SID1);
    static final String STOP = "{\"event\":\"stop\",\"sequenceNumber\":\"26\",\"stop\":{\"accountSid\":\"" + ACCOUNT
            + "\",\"callSid\":\"" + CALL + "\"},\"streamSid\":\"" + SID1 + "\"}";

    private SpokenTwilio() {}

    static String start(String streamSid) {
        return "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"" + ACCOUNT
                + "\",\"streamSid\":\"" + streamSid + "\",\"callSid\":\"" + CALL
                + "\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},"
                + "\"customParameters\":{\"token\":\"k7Qp\",\"name\":\"Zo\\u00eb\"}},\"streamSid\":\"" + streamSid
                + "\"}";
    }

    static String media(String payload, long timestampMs) {
        return ofStream(
                "media",
                "{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":\"" + timestampMs + "\",\"payload\":\"" + payload
                        + "\"}");
    }

    static String mark(String name) {
        return ofStream("mark", "{\"name\":\"" + name + "\"}");
    }

    static String dtmf(String digit) {
        return ofStream("dtmf", "{\"track\":\"inbound_track\",\"digit\":" + digit + "}");
    }

    /** A message of the stream whose own member, called as its event, is {@code body}. */
    static String ofStream(String event, String body) {
        return "{\"event\":\"" + event + "\",\"sequenceNumber\":\"2\",\"" + event + "\":" + body + ",\"streamSid\":\""
                + SID1 + "\"}";
    }

    /** {@code bytes} of audio, no two of them alike for long. */
    static String payload(int bytes) {
        byte[] audio = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            audio[i] = (byte) (i * 31 + i / 256);
        }
        return Base64.getEncoder().encodeToString(audio);
    }
}
