package io.ringdown.bridge.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A call whose carrier and whose model are the test. */
record RawCall(String callSid, RawSocket carrier, RawSocket model) {
    static final String STREAM = "MZ11111111111111111111111111111111";
    static final String CONNECTED = "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";
    static final String CREATED = "{\"type\":\"session.created\",\"event_id\":\"e0\",\"session\":{}}";
    static final String CONFIRMED = "{\"type\":\"session.updated\",\"session\":{\"audio\":{\"input\":{\"format\":"
            + "{\"type\":\"audio/pcmu\"}},\"output\":{\"format\":{\"type\":\"audio/pcmu\"}}}}}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] LANDMARK = new byte[160];

    static {
        Arrays.fill(LANDMARK, (byte) 0x2A);
    }

    static String start(String callSid) {
        return "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"" + UnderAttack.ACCOUNT
                + "\",\"streamSid\":\"" + STREAM + "\",\"callSid\":\"" + callSid
                + "\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,"
                + "\"channels\":1},\"customParameters\":{\"token\":\"k7Qp\",\"name\":\"Zo\\u00eb\"}},\"streamSid\":\""
                + STREAM + "\"}";
    }

    static String media(String payload) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"media\":{\"track\":\"inbound\",\"chunk\":\"1\","
                + "\"timestamp\":\"20\",\"payload\":\"" + payload + "\"},\"streamSid\":\"" + STREAM + "\"}";
    }

    static String mark(String name) {
        return "{\"event\":\"mark\",\"sequenceNumber\":\"23\",\"streamSid\":\"" + STREAM + "\",\"mark\":{\"name\":\""
                + name + "\"}}";
    }

    String stop() {
        return "{\"event\":\"stop\",\"sequenceNumber\":\"26\",\"stop\":{\"accountSid\":\"" + UnderAttack.ACCOUNT
                + "\",\"callSid\":\"" + callSid + "\"},\"streamSid\":\"" + STREAM + "\"}";
    }

    static String delta(String responseId, String payload) {
        return "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e1\",\"response_id\":\"" + responseId
                + "\",\"item_id\":\"item_A\",\"output_index\":0,\"content_index\":0,\"delta\":\"" + payload + "\"}";
    }

    static String created(String responseId) {
        return "{\"type\":\"response.created\",\"response\":{\"id\":\"" + responseId
                + "\",\"status\":\"in_progress\"}}";
    }

    static String done(String responseId, String status) {
        return "{\"type\":\"response.done\",\"response\":{\"id\":\"" + responseId + "\",\"status\":\"" + status
                + "\"}}";
    }

    static String audioDone(String responseId) {
        return "{\"type\":\"response.output_audio.done\",\"response_id\":\"" + responseId
                + "\",\"item_id\":\"item_A\",\"content_index\":0}";
    }

    static String transcriptDone(String responseId, String text) {
        return "{\"type\":\"response.output_audio_transcript.done\",\"response_id\":\"" + responseId
                + "\",\"item_id\":\"item_A\",\"content_index\":0,\"transcript\":\"" + text + "\"}";
    }

    /** The caller's audio that reached the model once a landmark of ours, sent behind it, has. */
    byte[] heardByModel() {
        carrier.text(media(Base64.getEncoder().encodeToString(LANDMARK)));
        return await("the model").until(() -> beforeLandmark(uplink()), Objects::nonNull);
    }

    /** The model's audio that reached the carrier once a landmark of ours, another response sent behind it, has. */
    byte[] heardByCaller() {
        model.text(created("resp_landmark"));
        model.text(delta("resp_landmark", Base64.getEncoder().encodeToString(LANDMARK)));
        return await("the carrier").until(() -> beforeLandmark(downlink()), Objects::nonNull);
    }

    /** Null while the landmark is not there. Behind it, silence may have followed. */
    private static byte[] beforeLandmark(byte[] audio) {
        for (int at = audio.length - LANDMARK.length; at >= 0; at--) {
            if (Arrays.equals(audio, at, at + LANDMARK.length, LANDMARK, 0, LANDMARK.length)) {
                return Arrays.copyOf(audio, at);
            }
        }
        return null;
    }

    byte[] uplink() {
        return joined(modelHeard("input_audio_buffer.append").map(event -> event.path("audio")));
    }

    byte[] downlink() {
        return joined(carrierHeard("media").map(message -> message.at("/media/payload")));
    }

    Stream<JsonNode> modelHeard(String type) {
        return read(model).filter(event -> event.path("type").asText().equals(type));
    }

    Stream<JsonNode> carrierHeard(String event) {
        return read(carrier).filter(message -> message.path("event").asText().equals(event));
    }

    List<String> marks() {
        return carrierHeard("mark")
                .map(message -> message.at("/mark/name").asText())
                .toList();
    }

    private static Stream<JsonNode> read(RawSocket socket) {
        return socket.received(RawSocket.TEXT).stream().map(frame -> {
            try {
                return JSON.readTree(frame.payload());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static byte[] joined(Stream<JsonNode> payloads) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        payloads.forEach(payload -> all.writeBytes(Base64.getDecoder().decode(payload.asText())));
        return all.toByteArray();
    }
}
