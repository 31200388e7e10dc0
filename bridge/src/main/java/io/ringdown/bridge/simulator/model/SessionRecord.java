package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in a session, for assertions and measurements. Written by its event loop, read by any thread; every
 * answer is a snapshot. Times are {@link System#nanoTime()}; audio is counted in μ-law bytes.
 */
public final class SessionRecord {
    private final boolean keepsAudio;
    private final List<Received> received = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Truncation> truncations = new ArrayList<>();
    private final List<Cancel> cancels = new ArrayList<>();
    private final List<ToolOutput> toolOutputs = new ArrayList<>();
    private final List<Offence> offences = new ArrayList<>();
    private final Map<String, Spoken> responses = new LinkedHashMap<>();
    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    private long audioBytes;
    private long earlyBytes;
    private int closeCode;

    SessionRecord(boolean keepsAudio) {
        this.keepsAudio = keepsAudio;
    }

    /** A client event. Of an append, {@code event} lacks the audio and {@code audioBytes} is its decoded length. */
    public record Received(long atNs, String type, JsonNode event, int audioBytes) {}

    /** A server event as named on the wire; ids are null where it has none. */
    public record Sent(long atNs, String type, String responseId, String itemId, int audioBytes) {}

    public record Truncation(long atNs, String itemId, int contentIndex, int audioEndMs, boolean accepted) {}

    /** {@code responseId} is what the client named, or null. */
    public record Cancel(long atNs, String responseId, boolean accepted) {}

    public record ToolOutput(long atNs, String callId, String output) {}

    /** Something a correct client does not do. A cancel that came too late is no offence. {@code code} may be null. */
    public record Offence(long atNs, String code, String message) {}

    /** What was generated of a response so far; {@code status} is {@code in_progress} until it ended. */
    public record Response(String id, String status, JsonNode metadata, List<Item> items) {

        /** All audio of the response, items in order. */
        public byte[] audio() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            items.forEach(item -> all.writeBytes(item.mulaw()));
            return all.toByteArray();
        }
    }

    /** The audio sent so far of one output item. */
    public record Item(String id, byte[] mulaw) {}

    /** All caller audio accepted after {@code session.updated}, in order; empty when only counted. */
    public synchronized byte[] callerAudio() {
        return audio.toByteArray();
    }

    public synchronized long callerAudioBytes() {
        return audioBytes;
    }

    /** Caller audio that came before {@code session.updated}: each such append is also an offence. */
    public synchronized long earlyAudioBytes() {
        return earlyBytes;
    }

    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    public synchronized List<Received> received(String type) {
        return received.stream().filter(event -> event.type().equals(type)).toList();
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    public synchronized List<Sent> sent(String type) {
        return sent.stream().filter(event -> event.type().equals(type)).toList();
    }

    public synchronized List<Truncation> truncations() {
        return List.copyOf(truncations);
    }

    public synchronized List<Cancel> cancels() {
        return List.copyOf(cancels);
    }

    public synchronized List<ToolOutput> toolOutputs() {
        return List.copyOf(toolOutputs);
    }

    public synchronized List<Offence> offences() {
        return List.copyOf(offences);
    }

    /** In the order they were created. */
    public synchronized List<Response> responses() {
        return responses.values().stream().map(Spoken::snapshot).toList();
    }

    /** 0 while the connection stands; the client's or the script's close code; 1006 when it broke without one. */
    public synchronized int closeCode() {
        return closeCode;
    }

    synchronized void received(Received event) {
        if (keepsAudio || event.audioBytes() == 0) {
            received.add(event);
        }
    }

    synchronized void heard(byte[] mulaw) {
        audioBytes += mulaw.length;
        if (keepsAudio) {
            audio.writeBytes(mulaw);
        }
    }

    synchronized void heardEarly(int bytes) {
        earlyBytes += bytes;
    }

    synchronized void sent(Sent event) {
        if (keepsAudio || event.audioBytes() == 0) {
            sent.add(event);
        }
    }

    synchronized void truncated(Truncation truncation) {
        truncations.add(truncation);
    }

    synchronized void cancelled(Cancel cancel) {
        cancels.add(cancel);
    }

    synchronized void toolAnswered(ToolOutput output) {
        toolOutputs.add(output);
    }

    synchronized void offended(String code, String message) {
        offences.add(new Offence(System.nanoTime(), code, message));
    }

    synchronized void responseCreated(String id, JsonNode metadata) {
        responses.put(id, new Spoken(id, metadata));
    }

    /** {@code mulaw} has been sent up to {@code toBytes}; the array is kept, not copied. */
    synchronized void spoke(String responseId, String itemId, byte[] mulaw, int toBytes) {
        responses.get(responseId).items.put(itemId, new SentAudio(mulaw, toBytes));
    }

    synchronized void responseEnded(String id, String status) {
        responses.get(id).status = status;
    }

    /** The first code stands. */
    synchronized void closed(int code) {
        if (closeCode == 0) {
            closeCode = code;
        }
    }

    private record SentAudio(byte[] mulaw, int bytes) {}

    private static final class Spoken {
        private final String id;
        private final JsonNode metadata;
        private final Map<String, SentAudio> items = new LinkedHashMap<>();
        private String status = "in_progress";

        Spoken(String id, JsonNode metadata) {
            this.id = id;
            this.metadata = metadata;
        }

        Response snapshot() {
            List<Item> copies = new ArrayList<>();
            items.forEach((itemId, audio) -> copies.add(new Item(itemId, Arrays.copyOf(audio.mulaw(), audio.bytes()))));
            return new Response(id, status, metadata, copies);
        }
    }
}
