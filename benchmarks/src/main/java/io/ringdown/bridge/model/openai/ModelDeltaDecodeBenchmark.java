package io.ringdown.bridge.model.openai; // the decoder is package-private

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringdown.benchmarks.Speech;
import io.ringdown.bridge.json.CanonicalBase64;
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
 * What does it cost to read 250 ms of the model? One operation is one {@code response.output_audio.delta} in a direct
 * buffer, as the socket leaves it: whose it is, and its text copied and found canonical. The baselines are Jackson, asked for
 * no more than that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class ModelDeltaDecodeBenchmark {
    private static final int AUDIO_BYTES = 2_000;
    private static final String TYPE = "response.output_audio.delta";
    private static final String RESPONSE = "resp_C9G8p4IH2WxLbkgPNbxTD";
    private static final String ITEM = "item_C9G8pqbTiddBSMxsBo6Os";
    private static final String DELTA = """
            {"type":"%s","event_id":"event_C9G8pJZ6mXzyVhuEmKbAZ","response_id":"%s","item_id":"%s","output_index":0,\
            "content_index":0,"delta":"%s"}""";

    private final byte[] text = Speech.text(AUDIO_BYTES);
    private final byte[] bytes = DELTA.formatted(TYPE, RESPONSE, ITEM, new String(text, StandardCharsets.US_ASCII))
            .getBytes(StandardCharsets.US_ASCII);
    private final ByteBuf message = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    private final CopiedDelta heard = new CopiedDelta(text.length);
    private final MessageReader reader = new MessageReader();
    private final OpenAiDecoder decoder = new OpenAiDecoder(heard, reader);
    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();

    @Setup
    public void check() throws IOException {
        reader.load(message);
        checkHeard(reader.isPlainDelta() && decoder() == text.length, "decoder");
        checkHeard(jacksonStreaming() == AUDIO_BYTES, "streaming");
        checkHeard(jacksonTree() == AUDIO_BYTES, "tree");
    }

    private void checkHeard(boolean asMeant, String by) {
        boolean whose = RESPONSE.equals(heard.responseId) && ITEM.equals(heard.itemId) && heard.contentIndex == 0;
        if (!asMeant || !whose || !Arrays.equals(heard.text, text)) {
            throw new IllegalStateException("not read as meant: by=" + by);
        }
        heard.of(null, null, -1);
        Arrays.fill(heard.text, (byte) 0);
    }

    @Benchmark
    public int decoder() {
        decoder.decode(message);
        return heard.length;
    }

    @Benchmark
    public int jacksonStreaming() throws IOException {
        message.getBytes(0, bytes);
        boolean delta = false;
        try (JsonParser json = factory.createParser(bytes, 0, bytes.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "type" -> delta = TYPE.equals(json.getText());
                    case "response_id" -> heard.responseId = json.getText();
                    case "item_id" -> heard.itemId = json.getText();
                    case "content_index" -> heard.contentIndex = json.getIntValue();
                    case "delta" -> copyText(json);
                    default -> json.skipChildren();
                }
            }
        }
        return delta ? CanonicalBase64.decodedLength(heard.text, 0, heard.length) : 0;
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
        message.getBytes(0, bytes);
        JsonNode tree = mapper.readTree(bytes, 0, bytes.length);
        heard.of(
                tree.path("response_id").textValue(),
                tree.path("item_id").textValue(),
                tree.path("content_index").intValue());
        byte[] delta = tree.path("delta").textValue().getBytes(StandardCharsets.ISO_8859_1);
        heard.length = delta.length;
        System.arraycopy(delta, 0, heard.text, 0, delta.length);
        boolean ours = TYPE.equals(tree.path("type").textValue());
        return ours ? CanonicalBase64.decodedLength(heard.text, 0, heard.length) : 0;
    }
}
