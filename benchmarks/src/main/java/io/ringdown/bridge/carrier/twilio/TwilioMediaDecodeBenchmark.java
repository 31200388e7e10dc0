package io.ringdown.bridge.carrier.twilio; // the decoder is package-private

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.benchmarks.Speech;
import io.ringdown.bridge.json.CanonicalBase64;
import io.ringdown.bridge.json.PlainJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to read 20 ms of the caller? One operation is one {@code media} message as Twilio sends it: whose it is,
 * when it was heard, and its text copied and found canonical. The baselines are Jackson, asked for no more than that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class TwilioMediaDecodeBenchmark {
    private static final int AUDIO_BYTES = 160;
    private static final long TIMESTAMP_MS = 74_120;
    private static final String SID = "MZ11111111111111111111111111111111";
    private static final String START = """
            {"event":"start","sequenceNumber":"1","streamSid":"%1$s","start":{"streamSid":"%1$s",\
            "accountSid":"AC22222222222222222222222222222222","callSid":"CA33333333333333333333333333333333",\
            "tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},\
            "customParameters":{}}}""";
    /** Its members stand in another order than those of all that follow. */
    private static final String STRANGE_MEDIA = """
            {"streamSid":"%s","event":"media","media":{"payload":"%s","timestamp":"0"}}""";

    private static final String MEDIA = """
            {"event":"media","sequenceNumber":"3707","streamSid":"%s","media":{"track":"inbound","chunk":"3706",\
            "timestamp":"%d","payload":"%s"}}""";

    private final byte[] text = Speech.text(AUDIO_BYTES);
    private final byte[] message =
            bytes(MEDIA.formatted(SID, TIMESTAMP_MS, new String(text, StandardCharsets.US_ASCII)));
    private final CopiedAudio heard = new CopiedAudio(text.length);
    private final TwilioDecoder decoder = new TwilioDecoder(heard, new PlainJson());
    private final TwilioDecoder scanning = new TwilioDecoder(heard, new PlainJson());
    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.US_ASCII);
    }

    @Setup
    public void check() throws IOException {
        byte[] start = bytes(START.formatted(SID));
        decoder.decode(start, start.length);
        decoder();
        checkHeard(heard.source == message, "decoder");
        scanning.decode(start, start.length);
        byte[] strange = bytes(STRANGE_MEDIA.formatted(SID, new String(text, StandardCharsets.US_ASCII)));
        scanning.decode(strange, strange.length);
        scanning();
        checkHeard(heard.source == message, "scanning");
        checkHeard(jacksonStreaming() == AUDIO_BYTES, "streaming");
        checkHeard(jacksonTree() == AUDIO_BYTES, "tree");
    }

    private void checkHeard(boolean asMeant, String by) {
        if (!asMeant || heard.timestampMs != TIMESTAMP_MS || !Arrays.equals(heard.text, text)) {
            throw new IllegalStateException("not read as meant: by=" + by);
        }
        heard.timestampMs = 0;
        Arrays.fill(heard.text, (byte) 0);
    }

    @Benchmark
    public int decoder() {
        decoder.decode(message, message.length);
        return heard.length;
    }

    /** Without the shape that messages share: each is scanned from end to end. */
    @Benchmark
    public int scanning() {
        scanning.decode(message, message.length);
        return heard.length;
    }

    @Benchmark
    public int jacksonStreaming() throws IOException {
        boolean ours = true;
        try (JsonParser json = factory.createParser(message, 0, message.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "event" -> ours &= "media".equals(json.getText());
                    case "streamSid" -> ours &= SID.equals(json.getText());
                    case "media" -> ours &= readMedia(json);
                    default -> json.skipChildren();
                }
            }
        }
        return ours ? CanonicalBase64.decodedLength(heard.text, 0, heard.length) : 0;
    }

    private boolean readMedia(JsonParser json) throws IOException {
        boolean inbound = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "track" -> inbound = "inbound".equals(json.getText());
                case "timestamp" -> heard.timestampMs = Long.parseLong(json.getText());
                case "payload" -> copyText(json);
                default -> json.skipChildren();
            }
        }
        return inbound;
    }

    private void copyText(JsonParser json) throws IOException {
        char[] characters = json.getTextCharacters();
        int offset = json.getTextOffset();
        heard.length = json.getTextLength();
        for (int i = 0; i < heard.length; i++) {
            heard.text[i] = (byte) characters[offset + i];
        }
    }

    @Benchmark
    public int jacksonTree() throws IOException {
        JsonNode tree = mapper.readTree(message, 0, message.length);
        JsonNode media = tree.path("media");
        boolean ours = "media".equals(tree.path("event").textValue())
                && SID.equals(tree.path("streamSid").textValue())
                && "inbound".equals(media.path("track").textValue());
        byte[] payload = bytes(media.path("payload").textValue());
        heard.media(
                payload,
                0,
                payload.length,
                Long.parseLong(media.path("timestamp").textValue()));
        return ours ? CanonicalBase64.decodedLength(payload, 0, payload.length) : 0;
    }
}
